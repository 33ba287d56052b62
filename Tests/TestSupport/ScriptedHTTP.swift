package import HTTPTransport
import Synchronization

/// Answers a handler's requests from a list and remembers them: `trial` sees what was logged, this what was called.
package final class ScriptedHTTP: HTTPExchanging {
    private let answers: Mutex<[Result<HTTPResponse, TransportError>]>
    private let seen = Mutex<[HTTPRequest]>([])

    package init(_ answers: Result<HTTPResponse, TransportError>...) { self.answers = Mutex(answers) }

    package var requests: [HTTPRequest] { seen.withLock { $0 } }

    package func perform(_ request: HTTPRequest) async throws(TransportError) -> HTTPResponse {
        seen.withLock { $0.append(request) }
        let answer = answers.withLock { $0.isEmpty ? nil : $0.removeFirst() }
        guard let answer else { throw TransportError(.stopped, effect: .none, peer: "test", detail: "asked more often than written") }
        return try answer.get()
    }
}

extension Result where Success == HTTPResponse, Failure == TransportError {
    package static func status(_ status: Int, _ headers: [(name: String, value: String)] = []) -> Self {
        .success(HTTPResponse(status: status, headers: HTTPHeaders(headers)))
    }
}
