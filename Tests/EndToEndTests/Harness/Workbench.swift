import Foundation
import Synchronization

/// A directory of its own, a local server if wanted, and every process that a test started: all gone at its end.
final class Workbench: Sendable {
    let directory: String
    private let started = Mutex<[Program]>([])
    private let endpoint = Mutex<String?>(nil)

    private init() throws {
        directory = NSTemporaryDirectory() + "mediaworker-e2e-" + UUID().uuidString
        try FileManager.default.createDirectory(atPath: directory, withIntermediateDirectories: true)
    }

    /// Runs `body`, then ends what it started, also when it threw.
    static func with(_ body: (Workbench) async throws -> Void) async throws {
        let bench = try Workbench()
        defer { bench.close() }
        try await body(bench)
    }

    private func close() {
        for program in started.withLock({ $0 }) { program.signal(SIGKILL) }
        try? FileManager.default.removeItem(atPath: directory)
    }

    func path(_ name: String) -> String { directory + "/" + name }

    func write(_ name: String, _ text: String) throws -> String {
        try Data(text.utf8).write(to: URL(fileURLWithPath: path(name)))
        return path(name)
    }

    // MARK: Processes

    /// Starts the program with a small environment: the bench's server, a state directory here, short retries, and `settings` on top.
    /// - Parameter errors: where stderr goes instead of a file that the test can read.
    func start(
        _ arguments: [String], _ settings: [String: String] = [:], input: String? = nil, errors: FileHandle? = nil
    ) throws -> Program {
        var environment = ["PATH": "/usr/bin:/bin", "WORKER_STATE_DIR": path("state"), "WORKER_RETRY_BASE": "1s", "WORKER_RETRY_CAP": "1s"]
        environment["SMQ_ENDPOINT"] = endpoint.withLock { $0 }
        environment.merge(settings) { $1 }
        let number = started.withLock { $0.count }
        let program = try Program(
            arguments, environment: environment, directory: directory, input: input, errors: errors,
            files: path("program-\(number)-\(UUID().uuidString)"))
        started.withLock { $0.append(program) }
        return program
    }

    /// Runs the program to its end.
    func run(
        _ arguments: [String], _ settings: [String: String] = [:], input: String? = nil, within limit: Duration = .seconds(30)
    ) async throws -> Program.End {
        try await start(arguments, settings, input: input).end(within: limit)
    }

    /// The same for a command that must succeed.
    @discardableResult
    func succeed(
        _ arguments: [String], _ settings: [String: String] = [:], input: String? = nil, within limit: Duration = .seconds(30)
    ) async throws -> Program.End {
        let end = try await run(arguments, settings, input: input, within: limit)
        guard end.code == 0 else { throw HarnessError("\(arguments) ended with \(end.code)\n\(end.output)\n\(end.errors)") }
        return end
    }

    /// Starts the local server and waits until it says where it listens. From here on commands talk to it.
    @discardableResult
    func serve(_ options: [String] = [], port: Int = 0) async throws -> Program {
        let server = try start(["serve", "--port", "\(port)"] + options)
        let found = try await eventually("the server's endpoint", within: .seconds(20)) {
            guard server.isRunning else { throw HarnessError("serve ended: \(server.output)\n\(server.errors)") }
            return server.output.firstMatch(of: /http:\/\/127\.0\.0\.1:[0-9]+/).map { String($0.output) }
        }
        endpoint.withLock { $0 = found }
        return server
    }

    /// A port that nobody listened on a moment ago.
    static func freePort() throws -> Int {
        let socket = Foundation.socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        defer { Foundation.close(socket) }
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = inet_addr("127.0.0.1")
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let result = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { bind(socket, $0, length) | getsockname(socket, $0, &length) }
        }
        guard result == 0 else { throw HarnessError("no free port") }
        return Int(UInt16(bigEndian: address.sin_port))
    }

    // MARK: What the tests look at

    /// Visible, hidden and delayed messages of the default queue.
    func counts(_ queue: String = "media-events") async throws -> [Int] {
        let attributes = try await succeed(["queue", "attributes", queue, "--json"]).array.first ?? [:]
        return ["ActiveMessages", "InactiveMessages", "DelayMessages"].map { attributes[$0] as? Int ?? -1 }
    }

    /// Lines of the `rehearsal` plugin's log: who ran what when, and how it ended.
    var rehearsals: [Rehearsal] { Program.text(path("rehearsal.log")).split(separator: "\n").compactMap { Rehearsal(line: $0) } }

    /// How many lines there are, starts and ends: cheap enough to be asked again and again.
    var rehearsalLines: Int {
        let bytes = (try? Data(contentsOf: URL(fileURLWithPath: path("rehearsal.log")))) ?? Data()  // not there yet
        return bytes.withUnsafeBytes { $0.count { $0 == UInt8(ascii: "\n") } }
    }

    /// The `rehearsal` plugin, its log in this directory, and `settings` of it: `["SLEEP": "2s"]`.
    func rehearsing(_ settings: [String: String] = [:], worker: [String: String] = [:]) -> [String: String] {
        var environment = ["HANDLERS_ENABLED": "rehearsal", "HANDLERS_REHEARSAL_LOG_FILE": path("rehearsal.log")]
        for (key, value) in settings { environment["HANDLERS_REHEARSAL_\(key)"] = value }
        return environment.merging(worker) { $1 }
    }

    func sample(_ type: String) async throws -> String {
        try write("\(type).json", try await succeed(["event", "sample", type]).output)
    }
}

/// One line of the `rehearsal` plugin's log.
struct Rehearsal: Sendable {
    let isStart: Bool
    let pid: Int32
    let message: String
    let attempt: Int
    /// Nil at a start.
    let result: String?

    init?(line: Substring) {
        guard let match = line.firstMatch(of: /(start|end) pid=([0-9]+) message=(\S+) attempt=([0-9]+)(?: result=(\S+))?/),
            let pid = Int32(match.2), let attempt = Int(match.4)
        else { return nil }
        isStart = match.1 == "start"
        self.pid = pid
        message = String(match.3)
        self.attempt = attempt
        result = match.5.map(String.init)
    }
}

/// Looks again every 20 ms until `find` gives a value.
@discardableResult
func eventually<Value>(
    _ what: String, within limit: Duration, _ find: () async throws -> Value?
) async throws -> Value {
    let deadline = ContinuousClock.now + limit
    while true {
        if let value = try await find() { return value }
        guard ContinuousClock.now < deadline else { throw HarnessError("not within \(limit): \(what)") }
        try await Task.sleep(for: .milliseconds(20))
    }
}

/// The same for a condition.
func eventually(_ what: String, within limit: Duration, _ holds: () async throws -> Bool) async throws {
    _ = try await eventually(what, within: limit) { try await holds() ? true : nil }
}
