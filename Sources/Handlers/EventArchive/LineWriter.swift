import Dispatch
import Synchronization

/// Writes lines to a file on a thread of its own, so that nobody else waits for the disk or for another process's lock.
///
/// Lines that come while one write is under way go out together with the next.
final class LineWriter: Sendable {
    private struct Pending {
        let line: [UInt8]
        let continuation: CheckedContinuation<Void, any Error>
    }
    private let file: SharedLineFile
    private let queue = DispatchQueue(label: "mediaworker.line-writer")
    private let pending = Mutex<[Pending]>([])

    init(_ file: SharedLineFile) { self.file = file }

    func open() async throws { try await onQueue { try $0.open() } }

    /// Returns when the line is written, and on the disk if the file says so.
    /// - Throws: `FileError`; nothing of the line is in the file then.
    func append(_ line: [UInt8]) async throws {
        try await withCheckedThrowingContinuation { continuation in
            let isFirst = pending.withLock { pending in
                pending.append(Pending(line: line, continuation: continuation))
                return pending.count == 1
            }
            if isFirst { queue.async { self.write() } }
        }
    }

    func close() async {
        await withCheckedContinuation { continuation in
            queue.async {
                self.file.close()
                continuation.resume()
            }
        }
    }

    private func write() {
        let batch = pending.withLock { pending in
            defer { pending = [] }
            return pending
        }
        let result = Result { try file.append(lines: batch.map(\.line)) }
        for entry in batch { entry.continuation.resume(with: result) }
    }

    private func onQueue(_ body: @escaping @Sendable (SharedLineFile) throws -> Void) async throws {
        try await withCheckedThrowingContinuation { continuation in
            queue.async { continuation.resume(with: Result { try body(self.file) }) }
        }
    }
}
