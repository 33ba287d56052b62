import Foundation
import Synchronization

/// One run of `mediaworker` as a process of its own. Its output goes to files, so that no pipe can fill up.
final class Program: Sendable {
    /// How a process ended.
    struct End: Sendable {
        /// Exit code, or 128 + the signal that ended it.
        let code: Int32
        let output: String
        let errors: String

        /// The last line of stdout as a JSON object with numbers.
        var summary: [String: Double] {
            get throws {
                let line = output.split(separator: "\n").last.map(String.init) ?? ""
                do {
                    return try JSONDecoder().decode([String: Double].self, from: Data(line.utf8))
                } catch {
                    throw HarnessError("no summary in: \(output)\n\(errors)")
                }
            }
        }

        /// Stdout as a JSON array of objects.
        var array: [[String: Any]] {
            get throws {
                let value = try JSONSerialization.jsonObject(with: Data(output.utf8))
                guard let array = value as? [[String: Any]] else { throw HarnessError("no array of objects: \(output)\n\(errors)") }
                return array
            }
        }
    }

    /// Shared with the thread that waits.
    private final class Ending: Sendable {
        let code = Mutex<Int32?>(nil)
    }

    private let arguments: [String]
    private let outputFile: String
    private let errorFile: String
    private let ending = Ending()
    private let ended: AsyncStream<Int32>
    let pid: Int32

    /// - Parameter errors: A descriptor to give the process as stderr instead of a file.
    init(
        _ arguments: [String], environment: [String: String], directory: String, input: String?, errors: FileHandle?, files: String
    ) throws {
        self.arguments = arguments
        outputFile = files + ".out"
        errorFile = files + ".err"
        var inputFile = "/dev/null"
        if let input {
            inputFile = files + ".in"
            try Data(input.utf8).write(to: URL(fileURLWithPath: inputFile))
        }
        var spawn = Spawn()
        spawn.open(0, inputFile, O_RDONLY)
        spawn.open(1, outputFile, O_WRONLY | O_CREAT | O_TRUNC)
        if let errors { spawn.give(2, errors.fileDescriptor) } else { spawn.open(2, errorFile, O_WRONLY | O_CREAT | O_TRUNC) }
        pid = try spawn.start(try Self.executable.path, arguments, environment, in: directory)
        let (stream, continuation) = AsyncStream.makeStream(of: Int32.self)
        ended = stream
        Thread { [ending, pid] in
            let code = Spawn.wait(for: pid)
            ending.code.withLock { $0 = code }
            continuation.yield(code)
            continuation.finish()
        }.start()
    }

    /// The program next to the test bundle: the same build. `MEDIAWORKER_PROGRAM` names another one, for figures of a release build.
    private static var executable: URL {
        get throws {
            if let other = ProcessInfo.processInfo.environment["MEDIAWORKER_PROGRAM"] { return URL(fileURLWithPath: other) }
            let tests = URL(fileURLWithPath: try FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe"))
            let executable = tests.deletingLastPathComponent().appendingPathComponent("mediaworker")
            guard FileManager.default.isExecutableFile(atPath: executable.path) else {
                throw HarnessError("no program at \(executable.path): build with `swift build --build-tests` first")
            }
            return executable
        }
    }

    var isRunning: Bool { ending.code.withLock { $0 == nil } }
    var output: String { Self.text(outputFile) }
    var errors: String { Self.text(errorFile) }

    func signal(_ number: Int32) { if isRunning { kill(pid, number) } }

    /// Waits for the end.
    /// - Throws: `HarnessError` with all output when it has not ended within `limit`; it is killed then.
    func end(within limit: Duration) async throws -> End {
        let code = await withTaskGroup(of: Int32?.self) { group in
            group.addTask {
                for await code in self.ended { return code }
                return nil
            }
            group.addTask {
                _ = try? await Task.sleep(for: limit)
                return nil
            }
            let first = await group.next() ?? nil
            group.cancelAll()
            return first
        }
        guard let code else {
            signal(SIGKILL)
            throw HarnessError("\(arguments) did not end within \(limit)\n\(output)\n\(errors)")
        }
        return End(code: code, output: output, errors: errors)
    }

    /// Worker processes below this one.
    var children: [Int32] {
        guard let tasks = try? FileManager.default.contentsOfDirectory(atPath: "/proc/\(pid)/task") else { return [] }
        return tasks.flatMap { task in
            Self.text("/proc/\(pid)/task/\(task)/children").split(separator: " ").compactMap { Int32($0) }
        }
    }

    /// False once a process is gone or only waits to be reaped.
    static func isAlive(_ pid: Int32) -> Bool {
        let status = text("/proc/\(pid)/stat")
        guard let state = status.split(separator: ")").last?.split(separator: " ").first else { return false }
        return state != "Z" && state != "X"
    }

    static func text(_ path: String) -> String { (try? String(contentsOfFile: path, encoding: .utf8)) ?? "" }
}

struct HarnessError: Error, CustomStringConvertible {
    let description: String
    init(_ description: String) { self.description = description }
}
