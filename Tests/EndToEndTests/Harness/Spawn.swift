import Foundation
import Glibc

/// Starts a process and waits for its end by the system's own calls. Foundation's `Process` misses the end of about one crashed
/// process in forty.
struct Spawn: ~Copyable {
    private var actions = posix_spawn_file_actions_t()

    init() { posix_spawn_file_actions_init(&actions) }

    deinit {
        var actions = actions
        posix_spawn_file_actions_destroy(&actions)
    }

    /// A descriptor of the process is to be this file.
    mutating func open(_ descriptor: Int32, _ path: String, _ flags: Int32) {
        posix_spawn_file_actions_addopen(&actions, descriptor, path, flags, 0o600)
    }

    /// A descriptor of the process is to be one of ours.
    mutating func give(_ descriptor: Int32, _ ours: Int32) { posix_spawn_file_actions_adddup2(&actions, ours, descriptor) }

    /// - Returns: The process's id.
    mutating func start(_ program: String, _ arguments: [String], _ environment: [String: String], in directory: String) throws -> Int32 {
        // With a process group of its own, no key pressed in the terminal reaches it, and every signal as at a login.
        var attributes = posix_spawnattr_t()
        posix_spawnattr_init(&attributes)
        defer { posix_spawnattr_destroy(&attributes) }
        var (none, all) = (sigset_t(), sigset_t())
        sigemptyset(&none)
        sigfillset(&all)
        posix_spawnattr_setsigmask(&attributes, &none)
        posix_spawnattr_setsigdefault(&attributes, &all)
        posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF))
        // The shell only changes the folder, which the calls that Swift can see cannot do: the program takes its place.
        let shell = ["/bin/sh", "-c", #"cd "$1" && shift && exec "$@""#, "sh", directory, program]
        let words = (shell + arguments).map { strdup($0) } + [nil]
        let variables = environment.map { strdup("\($0.key)=\($0.value)") } + [nil]
        defer { for text in words + variables { free(text) } }
        var pid: Int32 = 0
        let code = posix_spawn(&pid, shell[0], &actions, &attributes, words, variables)
        guard code == 0 else { throw HarnessError("cannot start \(program): \(String(cString: strerror(code)))") }
        return pid
    }

    /// - Returns: Exit code, or 128 + the signal that ended it.
    static func wait(for pid: Int32) -> Int32 {
        var status: Int32 = 0
        while waitpid(pid, &status, 0) < 0 {
            if errno != EINTR { return -1 }
        }
        let signal = status & 0x7F
        return signal == 0 ? (status >> 8) & 0xFF : 128 + signal
    }
}
