import Dispatch
import Foundation
import Synchronization

/// Lines for stderr, written by a thread of its own: whoever does not read our stderr delays no handler and no lease.
///
/// At most `limit` lines wait; what comes on top is dropped and counted, and the count is written when there is room again.
final class LogSink: Sendable {
    static let standardError = LogSink(descriptor: STDERR_FILENO, limit: 4096)

    private struct State {
        var lines: [[UInt8]] = []
        var dropped = 0
        var isWriting = false
        var hasThread = false
        /// The live progress line, on a terminal drawn below the log.
        var status: [UInt8]?
        var statusChanged = false
        var statusIsShown = false
    }

    private let state = Mutex(State())
    private let work = DispatchSemaphore(value: 0)
    private let descriptor: Int32
    private let limit: Int
    let isTerminal: Bool

    init(descriptor: Int32, limit: Int) {
        self.descriptor = descriptor
        self.limit = limit
        isTerminal = isatty(descriptor) == 1
    }

    /// Queues one line; a newline is added. Never waits.
    func write(_ line: String) {
        var bytes = Array(line.utf8)
        bytes.append(UInt8(ascii: "\n"))
        let mustStart = state.withLock { state in
            if state.lines.count < limit { state.lines.append(bytes) } else { state.dropped += 1 }
            defer { state.hasThread = true }
            return !state.hasThread
        }
        if mustStart { startThread() }
        work.signal()
    }

    /// Sets the live line. On a terminal it is redrawn in place, elsewhere each one is a line of its own.
    func showStatus(_ text: String) {
        guard isTerminal else { return write(text) }
        let mustStart = state.withLock { state in
            state.status = Array(text.utf8)
            state.statusChanged = true
            defer { state.hasThread = true }
            return !state.hasThread
        }
        if mustStart { startThread() }
        work.signal()
    }

    /// Leaves the live line as it stands and goes on below it.
    func endStatus() {
        state.withLock { state in
            guard state.statusIsShown || state.status != nil else { return }
            state.status = nil
            state.statusIsShown = false
            state.lines.append([UInt8(ascii: "\n")])
        }
        work.signal()
    }

    /// Waits until everything queued is written, at most `limit`: called before the process ends.
    func flush(within limit: Duration = .seconds(1)) {
        let deadline = ContinuousClock.now + limit
        while ContinuousClock.now < deadline {
            let isDone = state.withLock { $0.lines.isEmpty && !$0.isWriting && !$0.statusChanged && $0.dropped == 0 }
            if isDone { return }
            usleep(1000)
        }
    }

    private func startThread() {
        let thread = Thread { [self] in
            while true {
                work.wait()
                writeWaiting()
            }
        }
        thread.start()
    }

    private func writeWaiting() {
        let clear: [UInt8] = Array("\r\u{1B}[K".utf8)
        let (lines, statusWasShown, status): ([[UInt8]], Bool, [UInt8]?) = state.withLock { state in
            var lines = state.lines
            if state.dropped > 0 {
                lines.append(Array("(\(state.dropped) log lines dropped: stderr was not read fast enough)\n".utf8))
            }
            let shown = state.statusIsShown
            let status = state.status
            state.lines = []
            state.dropped = 0
            state.statusChanged = false
            state.statusIsShown = status != nil
            state.isWriting = true
            return (lines, shown, status)
        }
        if statusWasShown { writeAll(clear) }
        // Several lines in one call, yet never so many that other processes' lines could break into one of ours on a pipe.
        var chunk: [UInt8] = []
        for line in lines {
            if !chunk.isEmpty, chunk.count + line.count > Int(PIPE_BUF) {
                writeAll(chunk)
                chunk.removeAll(keepingCapacity: true)
            }
            chunk += line
        }
        if !chunk.isEmpty { writeAll(chunk) }
        if let status { writeAll(status) }
        state.withLock { $0.isWriting = false }
    }

    private func writeAll(_ bytes: [UInt8]) {
        var start = 0
        while start < bytes.count {
            let written = bytes[start...].withUnsafeBytes { Foundation.write(descriptor, $0.baseAddress, $0.count) }
            if written > 0 {
                start += written
            } else if errno == EAGAIN {
                // A terminal or pipe that somebody else made non-blocking.
                var descriptors = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
                _ = poll(&descriptors, 1, 1000)
            } else if errno != EINTR {
                return  // nobody can be told: stderr is gone
            }
        }
    }
}
