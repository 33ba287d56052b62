/// An exchange without a complete answer: what failed, with whom, what the server may have seen, whether asking again can help.
package struct TransportError: Error, Sendable, Equatable, CustomStringConvertible {
    package enum Kind: String, Sendable, CaseIterable {
        case couldNotResolve, couldNotConnect, tlsFailed, timedOut, connectionLost
        case responseTooLarge, malformedResponse, invalidRequest, cancelled, stopped, other
    }

    /// What the server may have made of the request.
    package enum Effect: String, Sendable {
        /// No byte of the request left this process.
        case none
        /// Sending had begun: the server may have carried it out, or not.
        case unknown
    }

    package var kind: Kind
    package var effect: Effect
    /// `host:port`.
    package var peer: String
    /// libcurl's own words where it had any. No path, query, header value or body.
    package var detail: String
    /// Whether the same request could succeed later without anybody changing anything. Says nothing about whether
    /// a repeat does harm: see `effect`.
    package var isRetryable: Bool

    package init(_ kind: Kind, effect: Effect, peer: String, detail: String, isRetryable: Bool? = nil) {
        self.kind = kind
        self.effect = effect
        self.peer = peer
        self.detail = detail
        self.isRetryable = isRetryable ?? kind.isUsuallyRetryable
    }

    package var description: String { "\(kind.words) (\(peer)): \(detail)" }
}

extension TransportError.Kind {
    fileprivate var isUsuallyRetryable: Bool {
        switch self {
        case .couldNotResolve, .couldNotConnect, .tlsFailed, .timedOut, .connectionLost, .malformedResponse, .other: true
        case .responseTooLarge, .invalidRequest, .cancelled, .stopped: false
        }
    }

    fileprivate var words: String {
        switch self {
        case .couldNotResolve: "could not find the server's address"
        case .couldNotConnect: "could not connect"
        case .tlsFailed: "no trusted TLS connection"
        case .timedOut: "no answer in time"
        case .connectionLost: "connection lost"
        case .responseTooLarge: "answer too large"
        case .malformedResponse: "answer is not valid HTTP"
        case .invalidRequest: "request refused before sending"
        case .cancelled: "cancelled"
        case .stopped: "transport stopped"
        case .other: "exchange failed"
        }
    }
}
