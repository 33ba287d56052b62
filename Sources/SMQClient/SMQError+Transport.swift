import HTTPTransport
import SMQProtocol

extension SMQError {
    /// An exchange without an answer.
    init(_ error: TransportError, in operation: QueueOperation) {
        let code: Code =
            switch error.kind {
            case .cancelled, .stopped: .cancelled
            case .timedOut: .timeout
            case .tlsFailed where !error.isRetryable: .untrusted
            case .couldNotResolve, .couldNotConnect, .tlsFailed: .unreachable
            case .invalidRequest: .invalidRequest
            case .responseTooLarge: .malformedAnswer
            case .connectionLost, .malformedResponse, .other: .transport
            }
        self.init(
            code: code, operation: operation.name, queue: operation.queue, message: error.description,
            effect: error.effect == .none ? .none : .unknown)
    }

    /// Refused here: nothing was sent.
    init(_ refusal: ProtocolRefusal, in operation: QueueOperation) {
        self.init(code: .invalidRequest, operation: operation.name, queue: operation.queue, message: refusal.message, effect: .none)
    }
}
