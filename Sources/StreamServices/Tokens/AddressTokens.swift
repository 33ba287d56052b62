import Foundation
package import HTTPTransport
import MediaEvents

/// Tokens from a web address: `GET URL?channel=C&uid=N`, or `&account=A`. The answer is the token as text, or `{"token":"..."}`.
package struct AddressTokens: TokenProvider {
    /// A token service that answers more says something else.
    private static let longestAnswer = 64 << 10

    private struct Answer: VendorObject {
        var token: String?

        enum CodingKeys: String, CodingKey { case token }

        init(_ fields: Fields<CodingKeys>) { token = fields.text(.token) }
    }

    private let url: String
    private let http: any HTTPExchanging
    private let limit: Duration

    /// - Parameters:
    ///   - url: `https`, or `http` to this machine; with or without a query. It may hold a key: never shown.
    ///   - limit: For one whole exchange, connecting included.
    package init(url: String, http: any HTTPExchanging, limit: Duration) {
        self.url = url
        self.http = http
        self.limit = limit
    }

    package func token(channel: String, user: TokenUser) async throws -> String {
        let query = "channel=\(PercentText.encoded(channel))&\(user.key)=\(PercentText.encoded(user.value))"
        let request = HTTPRequest(
            method: "GET", url: url + (url.contains("?") ? "&" : "?") + query, headers: [("Accept", "application/json, text/plain")],
            connectLimit: min(limit, .seconds(5)), exchangeLimit: limit, isRepeatable: true)
        let response: HTTPResponse
        do throws(TransportError) {
            response = try await http.perform(request)
        } catch {
            guard error.kind != .cancelled else { throw CancellationError() }
            throw failure(channel, user, "\(error)")
        }
        guard response.status == 200 else { throw failure(channel, user, "the address answered with \(response.status)") }
        guard response.body.count <= Self.longestAnswer, let token = Self.token(in: response.body) else {
            throw failure(channel, user, "the answer of the address holds no token")
        }
        return token
    }

    private static func token(in body: [UInt8]) -> String? {
        guard let text = String(validating: body, as: UTF8.self) else { return nil }
        guard text.first(where: { !$0.isWhitespace }) == "{" else { return TokenText.checked(text) }
        do throws(UndecodableBody) {
            return try VendorReply.read(body, as: Answer.self).token.flatMap { TokenText.checked($0) }
        } catch {
            return nil  // said by the caller, without what came
        }
    }

    private func failure(_ channel: String, _ user: TokenUser, _ reason: String) -> TokenError {
        TokenError(
            channel: channel, user: user, reason: reason,
            advice: "check url in [agora.token]; it has to answer 200 with the token as text or as {\"token\":\"...\"}")
    }
}
