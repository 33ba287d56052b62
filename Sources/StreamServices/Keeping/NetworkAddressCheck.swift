import Foundation
package import HTTPTransport

/// Looks at the address over the network: RTMP's handshake for `rtmp` and `rtmps`, a request for one byte for `http` and `https`.
package struct NetworkAddressCheck: StreamAddressCheck {
    private static let limit: Duration = .seconds(5)

    /// Whether RTMP is spoken there: what is wrong, or nil.
    typealias Handshake = @Sendable (_ host: String, _ port: Int, _ isTLS: Bool) async -> String?

    private let http: any HTTPExchanging
    private let handshake: Handshake

    package init(http: any HTTPExchanging, caFile: String?) {
        self.init(http: http) { host, port, isTLS in
            await RTMPHandshake.trouble(host: host, port: port, isTLS: isTLS, limit: Self.limit, caFile: caFile)
        }
    }

    init(http: any HTTPExchanging, handshake: @escaping Handshake) {
        self.http = http
        self.handshake = handshake
    }

    package func trouble(with address: String) async -> String? {
        guard let url = URLComponents(string: address), let host = url.host, !host.isEmpty else { return "it cannot be read" }
        switch url.scheme?.lowercased() {
        case "rtmp": return await handshake(host, url.port ?? 1935, false)
        case "rtmps": return await handshake(host, url.port ?? 443, true)
        case "http", "https": return await fetch(address, host)
        default: return nil  // nothing that could be asked without playing it
        }
    }

    private func fetch(_ address: String, _ host: String) async -> String? {
        var request = HTTPRequest(method: "GET", url: address, headers: [("Range", "bytes=0-0")])
        (request.connectLimit, request.exchangeLimit) = (Self.limit, Self.limit)
        do throws(TransportError) {
            let status = try await http.perform(request).status
            // A live stream may know no ranges, and never end: what counts is that it is there.
            return status < 400 || status == 416 ? nil : "\(host) answered with \(status)"
        } catch {
            return error.kind == .responseTooLarge || error.kind == .timedOut && error.effect == .unknown ? nil : "\(host): \(error.detail)"
        }
    }
}
