import Foundation
import Synchronization

/// A TCP relay on 127.0.0.1 that a test can cut and mend: cut, it ends every connection and takes no new one.
final class CutProxy: Sendable {
    private struct Line: Sendable {
        let client: Int32
        let server: Int32
        /// Bytes went to the server since its last answer.
        var isWaiting = false
    }
    private struct State {
        var isCut = false
        var lines: [Int: Line] = [:]
        var last = 0
        var lostReplies = 0
    }
    let port: Int
    private let target: Int
    private let listener: Int32
    private let state = Mutex(State())

    init(to target: Int) throws {
        self.target = target
        listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var on: Int32 = 1
        setsockopt(listener, SOL_SOCKET, SO_REUSEADDR, &on, socklen_t(MemoryLayout<Int32>.size))
        var address = Self.address(0)
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let listener = listener
        let result = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { bind(listener, $0, length) | getsockname(listener, $0, &length) }
        }
        guard result == 0, listen(listener, 64) == 0 else { throw HarnessError("the proxy cannot listen") }
        port = Int(UInt16(bigEndian: address.sin_port))
        Thread.detachNewThread { [self] in acceptAll() }
    }

    /// Answers that were under way when the line was cut.
    var lostReplies: Int { state.withLock { $0.lostReplies } }

    func cut() {
        state.withLock { state in
            state.isCut = true
            for line in state.lines.values {
                if line.isWaiting { state.lostReplies += 1 }
                shutdown(line.client, Int32(SHUT_RDWR))
                shutdown(line.server, Int32(SHUT_RDWR))
            }
        }
    }

    func mend() { state.withLock { $0.isCut = false } }

    func close() {
        cut()
        shutdown(listener, Int32(SHUT_RDWR))
        Foundation.close(listener)
    }

    private static func address(_ port: Int) -> sockaddr_in {
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = inet_addr("127.0.0.1")
        address.sin_port = UInt16(port).bigEndian
        return address
    }

    private func acceptAll() {
        while true {
            let client = accept(listener, nil, nil)
            if client < 0 { return }
            let server = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
            var address = Self.address(target)
            let isConnected = withUnsafePointer(to: &address) { pointer in
                pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                    connect(server, $0, socklen_t(MemoryLayout<sockaddr_in>.size)) == 0
                }
            }
            let id: Int? = state.withLock { state in
                guard isConnected, !state.isCut else { return nil }
                state.last += 1
                state.lines[state.last] = Line(client: client, server: server)
                return state.last
            }
            guard let id else {
                Foundation.close(client)
                Foundation.close(server)
                continue
            }
            let left = Countdown(2) { [self] in
                state.withLock { _ = $0.lines.removeValue(forKey: id) }
                Foundation.close(client)
                Foundation.close(server)
            }
            let note: @Sendable (Bool) -> Void = { [self] isWaiting in state.withLock { $0.lines[id]?.isWaiting = isWaiting } }
            Thread.detachNewThread { [self] in
                // Before the bytes go: they may be at work when the line is cut a moment later.
                copy(client, server, before: { note(true) }, after: {})
                left.down()
            }
            Thread.detachNewThread { [self] in
                copy(server, client, before: {}, after: { note(false) })
                left.down()
            }
        }
    }

    private func copy(_ source: Int32, _ target: Int32, before: () -> Void, after: () -> Void) {
        var buffer = [UInt8](repeating: 0, count: 65_536)
        while true {
            let count = read(source, &buffer, buffer.count)
            guard count > 0 else { break }
            before()
            var sent = 0
            while sent < count {
                let written = buffer[sent..<count].withUnsafeBytes { send(target, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL)) }
                guard written > 0 else { break }
                sent += written
            }
            guard sent == count else { break }
            after()
        }
        shutdown(source, Int32(SHUT_RDWR))
        shutdown(target, Int32(SHUT_RDWR))
    }
}

/// Runs an action when it has been called so many times.
private final class Countdown: Sendable {
    private let left: Mutex<Int>
    private let action: @Sendable () -> Void

    init(_ count: Int, _ action: @escaping @Sendable () -> Void) {
        left = Mutex(count)
        self.action = action
    }

    func down() {
        let isLast = left.withLock { left in
            left -= 1
            return left == 0
        }
        if isLast { action() }
    }
}
