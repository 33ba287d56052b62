import Foundation
import Glibc

/// The server's end of one connection, used by one thread.
final class LoopbackConnection: @unchecked Sendable {  // handed from the accepting thread to the one that runs its script
    struct Request {
        /// As it came, line breaks included, up to the empty line.
        let head: String
        let body: [UInt8]
        var lines: [String] { head.split(separator: "\r\n").map(String.init) }
        var target: String { String(lines[0].split(separator: " ")[1]) }

        func values(of name: String) -> [String] {
            lines.dropFirst().filter { $0.lowercased().hasPrefix(name.lowercased() + ":") }
                .map { $0.dropFirst(name.count + 1).trimmingCharacters(in: .whitespaces) }
        }
    }

    let number: Int
    private let socket: Int32
    private let log: EventLog
    private var pending: [UInt8] = []
    private var isClosed = false

    init(socket: Int32, number: Int, log: EventLog) {
        (self.socket, self.number, self.log) = (socket, number, log)
        var limit = timeval(tv_sec: 20, tv_usec: 0)
        setsockopt(socket, SOL_SOCKET, SO_RCVTIMEO, &limit, socklen_t(MemoryLayout<timeval>.size))
    }

    /// The next request, or nil when the client has gone.
    func read() -> Request? {
        let separator = Array("\r\n\r\n".utf8)
        var headEnd = pending.firstRange(of: separator)
        while headEnd == nil {
            guard fill() else { return nil }
            headEnd = pending.firstRange(of: separator)
        }
        guard let headEnd else { return nil }
        let head = String(decoding: pending[..<headEnd.lowerBound], as: UTF8.self)
        pending.removeSubrange(..<headEnd.upperBound)
        let length = Request(head: head, body: []).values(of: "Content-Length").first.flatMap(Int.init) ?? 0
        while pending.count < length {
            guard fill() else { return nil }
        }
        let request = Request(head: head, body: Array(pending.prefix(length)))
        pending.removeFirst(length)
        log.record(.received(connection: number, target: request.target))
        return request
    }

    /// So many bytes, fewer when the client has gone.
    func take(_ count: Int) -> [UInt8] {
        while pending.count < count, fill() {}
        defer { pending.removeFirst(min(count, pending.count)) }
        return Array(pending.prefix(count))
    }

    func send(_ text: String) {
        let bytes = Array(text.utf8)
        var sent = 0
        while sent < bytes.count {
            let count = bytes[sent...].withUnsafeBytes { Glibc.send(socket, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL)) }
            guard count > 0 else { return }
            sent += count
        }
    }

    func answer(_ body: String = "ok", status: String = "200 OK", headers: String = "") {
        send("HTTP/1.1 \(status)\r\nContent-Length: \(body.utf8.count)\r\n\(headers)\r\n\(body)")
    }

    /// Answers every request alike until the client goes.
    func answerAll(_ body: String = "ok") {
        while read() != nil { answer(body) }
    }

    /// Returns when the client has closed its end.
    func waitForEnd() {
        while fill() {}
    }

    func close() {
        guard !isClosed else { return }
        isClosed = true
        Glibc.close(socket)
        log.record(.ended(connection: number))
    }

    private func fill() -> Bool {
        var buffer = [UInt8](repeating: 0, count: 64 << 10)
        let count = recv(socket, &buffer, buffer.count, 0)
        guard count > 0 else { return false }
        pending.append(contentsOf: buffer[..<count])
        return true
    }
}
