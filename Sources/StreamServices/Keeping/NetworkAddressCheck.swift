import Foundation
package import HTTPTransport

/// Looks at the address over the network: RTMP's handshake for `rtmp` and `rtmps`, a request for one byte for `http` and `https`.
package struct NetworkAddressCheck: StreamAddressCheck {
    private static let limit: Duration = .seconds(5)

    private let http: any HTTPExchanging
    private let caFile: String?

    package init(http: any HTTPExchanging, caFile: String?) {
        self.http = http
        self.caFile = caFile
    }

    package func trouble(with address: String) async -> String? {
        guard let url = URLComponents(string: address), let host = url.host, !host.isEmpty else { return "it cannot be read" }
        switch url.scheme?.lowercased() {
        case "rtmp":
            return await RTMPHandshake.trouble(host: host, port: url.port ?? 1935, isTLS: false, limit: Self.limit)
        case "rtmps":
            return await RTMPHandshake.trouble(host: host, port: url.port ?? 443, isTLS: true, limit: Self.limit, caFile: caFile)
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
