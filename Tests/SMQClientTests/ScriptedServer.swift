import HTTPTransport
import SMQProtocol
import Synchronization

/// Answers requests from a list, in order, and keeps what was asked.
final class ScriptedServer: HTTPExchanging {
    typealias Step = Result<HTTPResponse, TransportError>

    private struct State {
        var steps: [Step]
        var requests: [HTTPRequest] = []
    }

    private let state: Mutex<State>

    init(_ steps: [Step]) { state = Mutex(State(steps: steps)) }

    convenience init(_ answers: HTTPResponse...) { self.init(answers.map { .success($0) }) }

    /// What was asked, in order.
    var requests: [HTTPRequest] { state.withLock { $0.requests } }

    func perform(_ request: HTTPRequest) async throws(TransportError) -> HTTPResponse {
        let step: Step? = state.withLock { state in
            state.requests.append(request)
            return state.steps.isEmpty ? nil : state.steps.removeFirst()
        }
        guard let step else { throw TransportError(.other, effect: .none, peer: "script:0", detail: "the script is over") }
        return try step.get()
    }
}

extension HTTPResponse {
    /// As the service answers.
    static func service(
        _ status: Int, _ body: String = "", date: String = "Thu, 09 Jul 2015 03:01:34 GMT", arrived: ContinuousClock.Instant = .now,
        travel: Duration = .zero
    ) -> HTTPResponse {
        HTTPResponse(
            status: status,
            headers: HTTPHeaders([("Content-Type", "text/xml;charset=utf-8"), ("x-mns-request-id", "6A01"), ("Date", date)]),
            body: Array(body.utf8), arrived: arrived, travel: travel)
    }

    static func refusal(_ code: SMQError.Code, date: String = "Thu, 09 Jul 2015 03:01:34 GMT") -> HTTPResponse {
        service(code.httpStatus, "<Error><Code>\(code.name)</Code><Message>m</Message></Error>", date: date)
    }
}

extension HTTPRequest {
    func header(_ name: String) -> String? { headers.first { $0.name.lowercased() == name.lowercased() }?.value }
}
