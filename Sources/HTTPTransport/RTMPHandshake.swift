import CCurl
import Dispatch
import Glibc

/// Whether somebody who speaks RTMP answers at an address: name, connection, TLS where wanted, and the first half of the handshake.
/// Nothing is published, played or asked for; the connection is closed after the server's first bytes.
/// - SeeAlso: Adobe's RTMP specification 1.0, 5.2: C0 and C1, S0 and S1.
package enum RTMPHandshake {
    private static let version: UInt8 = 3
    private static let chunk = 1536

    /// Blocks a thread of its own, not the caller's.
    /// - Parameters:
    ///   - limit: For all of it.
    ///   - caFile: PEM; nil for the system's authorities.
    /// - Returns: What is wrong, without any part of the address but host and port; nil if nothing is.
    package static func trouble(host: String, port: Int, isTLS: Bool, limit: Duration, caFile: String? = nil) async -> String? {
        await withCheckedContinuation { continuation in
            DispatchQueue.global(qos: .utility).async {
                continuation.resume(returning: attempt(host, port, isTLS, limit, caFile))
            }
        }
    }

    private static func attempt(_ host: String, _ port: Int, _ isTLS: Bool, _ limit: Duration, _ caFile: String?) -> String? {
        guard CurlLoop.isLibraryReady, let easy = curl_easy_init() else { return "libcurl could not be started" }
        defer { curl_easy_cleanup(easy) }
        let deadline = ContinuousClock.now + limit
        let milliseconds = Int(limit / .milliseconds(1))
        let name = host.contains(":") && !host.hasPrefix("[") ? "[\(host)]" : host
        let numbers: [(CURLoption, Int)] = [
            (CURLOPT_NOSIGNAL, 1), (CURLOPT_CONNECT_ONLY, 1), (CURLOPT_TIMEOUT_MS, milliseconds), (CURLOPT_CONNECTTIMEOUT_MS, milliseconds),
            (CURLOPT_SSL_VERIFYPEER, 1), (CURLOPT_SSL_VERIFYHOST, 2), (CURLOPT_SSL_ENABLE_ALPN, 0),
        ]
        var code = numbers.map { ccurl_set_long(easy, $0, $1) }.first { $0 != CURLE_OK } ?? CURLE_OK
        if code == CURLE_OK { code = ccurl_set_close_on_exec(easy) }
        if code == CURLE_OK { code = ccurl_set_text(easy, CURLOPT_URL, "\(isTLS ? "https" : "http")://\(name):\(port)/") }
        if code == CURLE_OK { code = ccurl_set_text(easy, CURLOPT_PROXY, "") }
        if code == CURLE_OK, let caFile { code = ccurl_set_text(easy, CURLOPT_CAINFO, caFile) }
        if code == CURLE_OK { code = curl_easy_perform(easy) }
        guard code == CURLE_OK else {
            return TransportError(code, words: "", effect: .none, peer: "\(name):\(port)").description
        }
        let hello = [version] + [UInt8](repeating: 0, count: 8) + (0..<(chunk - 8)).map { UInt8(truncatingIfNeeded: $0 &* 31) }
        guard send(easy, hello, deadline) else { return "\(name):\(port) closed the connection before the RTMP handshake" }
        guard let answer = receive(easy, deadline) else { return "\(name):\(port) did not answer the RTMP handshake" }
        return answer == version ? nil : "\(name):\(port) does not speak RTMP"
    }

    private static func send(_ easy: UnsafeMutableRawPointer, _ bytes: [UInt8], _ deadline: ContinuousClock.Instant) -> Bool {
        var sent = 0
        while sent < bytes.count {
            var count = 0
            let code = bytes[sent...].withUnsafeBytes { curl_easy_send(easy, $0.baseAddress, $0.count, &count) }
            sent += count
            if code == CURLE_AGAIN { guard wait(easy, POLLOUT, deadline) else { return false } } else if code != CURLE_OK { return false }
        }
        return true
    }

    /// The first byte.
    private static func receive(_ easy: UnsafeMutableRawPointer, _ deadline: ContinuousClock.Instant) -> UInt8? {
        while true {
            var (byte, count) = (UInt8(0), 0)
            let code = curl_easy_recv(easy, &byte, 1, &count)
            if code == CURLE_OK { return count == 1 ? byte : nil }
            guard code == CURLE_AGAIN, wait(easy, POLLIN, deadline) else { return nil }
        }
    }

    private static func wait(_ easy: UnsafeMutableRawPointer, _ events: Int32, _ deadline: ContinuousClock.Instant) -> Bool {
        let left = deadline - .now
        guard left > .zero else { return false }
        var descriptor = pollfd(fd: ccurl_get_socket(easy), events: Int16(events), revents: 0)
        return poll(&descriptor, 1, Int32(left / .milliseconds(1)) + 1) > 0
    }
}
