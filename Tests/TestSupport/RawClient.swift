import Dispatch
import Foundation

/// A TCP connection on which a test writes requests byte by byte as it likes, and reads the replies.
///
/// Blocking calls run on a queue of their own: the server's tasks share the cooperative threads with the tests.
package final class RawClient: Sendable {
    package struct Failure: Error, CustomStringConvertible {
        package var description: String
        package init(description: String) { self.description = description }
    }

    private let socket: Int32
    private let queue = DispatchQueue(label: "raw-client")

    /// Connects to 127.0.0.1; reads give up after 10 s.
    package init(port: Int) throws {
        #if canImport(Glibc)
            let kind = Int32(SOCK_STREAM.rawValue)
        #else
            let kind = SOCK_STREAM
        #endif
        socket = Foundation.socket(AF_INET, kind, 0)
        var limit = timeval(tv_sec: 10, tv_usec: 0)
        setsockopt(socket, SOL_SOCKET, SO_RCVTIMEO, &limit, socklen_t(MemoryLayout<timeval>.size))
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = UInt16(port).bigEndian
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        let result = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(socket, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
        guard result == 0 else { throw Failure(description: "connect: errno \(errno)") }
    }

    deinit { Foundation.close(socket) }

    /// Sends a FIN in both directions' sense of a closed socket; the descriptor itself is freed with the object.
    package func disconnect() { shutdown(socket, Int32(SHUT_RDWR)) }

    /// Closes with a RST, as a killed process with unread data does.
    package func reset() {
        var linger = linger(l_onoff: 1, l_linger: 0)
        setsockopt(socket, SOL_SOCKET, SO_LINGER, &linger, socklen_t(MemoryLayout<Foundation.linger>.size))
        // A second descriptor keeps the number from being reused before deinit closes it.
        let placeholder = open("/dev/null", O_RDONLY)
        dup2(placeholder, socket)
        Foundation.close(placeholder)
    }

    package func write(_ text: String) async throws { try await write(Array(text.utf8)) }

    package func write(_ bytes: [UInt8]) async throws {
        try await onQueue { [socket] in
            var sent = 0
            while sent < bytes.count {
                let count = bytes[sent...].withUnsafeBytes { Foundation.send(socket, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL)) }
                guard count > 0 else { throw Failure(description: "send: errno \(errno)") }
                sent += count
            }
        }
    }

    /// The next reply: head, and as many bytes as its `Content-Length` says.
    ///
    /// - Parameter hasBody: False for the answer to HEAD, whose length is that of the body left out.
    package func reply(hasBody: Bool = true) async throws -> RawReply {
        try await onQueue { [socket] in
            var bytes: [UInt8] = []
            let end = Array("\r\n\r\n".utf8)
            while !bytes.suffix(4).elementsEqual(end) { try Self.read(1, from: socket, into: &bytes) }
            var reply = try RawReply(head: String(decoding: bytes, as: UTF8.self))
            var body: [UInt8] = []
            let length = !hasBody ? 0 : reply.headers["content-length"].flatMap { Int($0) } ?? 0
            while body.count < length { try Self.read(length - body.count, from: socket, into: &body) }
            reply.body = String(decoding: body, as: UTF8.self)
            return reply
        }
    }

    package func exchange(_ request: String) async throws -> RawReply {
        try await write(request)
        return try await reply()
    }

    /// True when the server closes without another byte.
    package func isClosedByServer() async throws -> Bool {
        try await onQueue { [socket] in
            var byte: UInt8 = 0
            let count = recv(socket, &byte, 1, 0)
            return count == 0 || count < 0 && errno == ECONNRESET  // it closed while bytes were under way
        }
    }

    private static func read(_ count: Int, from socket: Int32, into bytes: inout [UInt8]) throws {
        var chunk = [UInt8](repeating: 0, count: count)
        let got = recv(socket, &chunk, count, 0)
        guard got > 0 else { throw Failure(description: got == 0 ? "closed by the server" : "recv: errno \(errno)") }
        bytes += chunk.prefix(got)
    }

    private func onQueue<Value: Sendable>(_ body: @escaping @Sendable () throws -> Value) async throws -> Value {
        try await withCheckedThrowingContinuation { continuation in
            queue.async { continuation.resume(with: Result(catching: body)) }
        }
    }
}

/// A reply as it came.
package struct RawReply: Sendable {
    package var status: Int
    /// Names in lower case.
    package var headers: [String: String] = [:]
    package var body = ""

    package init(head: String) throws {
        var lines = head.components(separatedBy: "\r\n").filter { !$0.isEmpty }
        let words = lines.removeFirst().split(separator: " ")
        guard words.count >= 2, words[0] == "HTTP/1.1", let status = Int(words[1]) else {
            throw RawClient.Failure(description: "not a status line: \(words)")
        }
        self.status = status
        for line in lines {
            guard let colon = line.firstIndex(of: ":") else { throw RawClient.Failure(description: "not a header: \(line)") }
            headers[line[..<colon].lowercased()] = line[line.index(after: colon)...].trimmingCharacters(in: .whitespaces)
        }
    }

    /// The text of the first element of that name, as a client that looks elements up by plain names finds it.
    package func element(_ name: String) -> String? { elements(name).first }

    package func elements(_ name: String) -> [String] {
        body.components(separatedBy: "<\(name)>").dropFirst().compactMap { $0.components(separatedBy: "</\(name)>").first }
    }
}
