import HTTPTransport
import Testing

extension HTTPExchanging {
    /// The outcome as a value, to look at both kinds alike.
    func outcome(_ request: HTTPRequest) async -> Result<HTTPResponse, TransportError> {
        do throws(TransportError) { return .success(try await perform(request)) } catch { return .failure(error) }
    }

    /// The error of an exchange that must not succeed.
    func failure(_ request: HTTPRequest) async throws -> TransportError {
        switch await outcome(request) {
        case .failure(let error): return error
        case .success(let response):
            Issue.record("answered with \(response.status)")
            throw UnexpectedAnswer()
        }
    }
}

struct UnexpectedAnswer: Error {}

extension HTTPRequest {
    static func get(_ url: String, limit: Duration = .seconds(15), isRepeatable: Bool = false) -> HTTPRequest {
        HTTPRequest(method: "GET", url: url, exchangeLimit: limit, isRepeatable: isRepeatable)
    }
}

extension HTTPResponse {
    var text: String { String(decoding: body, as: UTF8.self) }
}
