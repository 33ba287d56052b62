/// A call that did not do what it was made for: which call, what came back, what to do.
package struct AgoraError: Error, Sendable, CustomStringConvertible {
    package enum Kind: Sendable, Equatable {
        /// An answer without success, judged as it says.
        case answered(AgoraAnswer.Meaning)
        /// No answer, or one that leaves it open: it may have been done. Look before anything else.
        case unknownOutcome
        /// No host could be reached, or none answered.
        case unreachable
        /// So many calls wait for their turn that this one would wait for more than a minute: not sent.
        case rateUsedUp
        /// Its turn, or a host, came later than it may be sent: not sent.
        case tooLate
        /// The store in which the calls are counted failed: not sent.
        case rateUncounted
        case cancelled
    }

    package let kind: Kind
    /// `Media Push Create`.
    package let call: String
    /// What came back, if something did.
    package let answer: AgoraAnswer?
    /// The transport's words, or the store's.
    package let detail: String?
    /// For questions to Agora's support; ours if the answer had none.
    package let requestID: String?
    /// A try before this one may have been carried out.
    private(set) var mayBeDone = false

    init(_ kind: Kind, _ call: AgoraCall, answer: AgoraAnswer? = nil, detail: String? = nil, requestID: String? = nil) {
        self.kind = kind
        self.call = call.name
        self.answer = answer
        self.detail = detail
        self.requestID = answer?.requestID ?? requestID
    }

    /// No byte of it was carried out: refused in so many words, or never sent.
    var isCertainlyUndone: Bool {
        guard !mayBeDone else { return false }
        switch kind {
        case .answered(let meaning): return [.refused, .noRoute, .missing, .conflict, .throttled].contains(meaning)
        case .unknownOutcome: return false
        case .unreachable, .rateUsedUp, .tooLate, .rateUncounted, .cancelled: return true
        }
    }

    /// No repeat helps before somebody changes something.
    var isRefusal: Bool { kind == .answered(.refused) || kind == .answered(.noRoute) }

    func after(triesThatMayBeDone mayBeDone: Bool) -> AgoraError {
        var error = self
        error.mayBeDone = error.mayBeDone || mayBeDone
        return error
    }

    package var description: String {
        let ids = [
            ("X-Request-ID", requestID), ("X-Custom-Request-ID", answer?.customRequestID), ("X-Resource-ID", answer?.resourceID),
        ].compactMap { name, value in value.map { "\(name) \($0)" } }
        return "\(call) \(what)" + (ids.isEmpty ? "" : " (\(ids.joined(separator: ", ")))") + (advice.map { "; \($0)" } ?? "")
    }

    private var what: String {
        switch kind {
        case .answered:
            "was answered with \(answer?.status ?? 0)"
                + (answer?.code.map { ", code \($0)" } ?? "") + (answer.map { $0.reason.isEmpty ? "" : ": \($0.reason)" } ?? "")
        case .unknownOutcome: "may have been carried out: \(detail ?? answer.map { "answered with \($0.status)" } ?? "no answer")"
        case .unreachable: "reached none of Agora's hosts: \(detail ?? "no reason given")"
        case .rateUsedUp: "was not sent: too many calls of its kind wait for their turn"
        case .tooLate: "was not sent: its time was over before its turn came"
        case .rateUncounted: "was not sent: it could not be counted against its rate limit: \(detail ?? "no reason given")"
        case .cancelled: "was given up"
        }
    }

    private var advice: String? {
        switch (kind, answer?.status) {
        case (.answered(.refused), 400): "mend what the answer names"
        case (.answered(.missing), _): "it does not run, is on its way to another server, or was deleted: ask again in some minutes"
        case (.answered(.failed), _), (.answered(.unknown), _): "see Agora's status page, and try again"
        case (.unknownOutcome, _): "list the tasks before you try again"
        case (.rateUsedUp, _): "wait a minute, or raise the rate with Agora"
        case (.tooLate, _): "try again"
        case (.rateUncounted, _): "see whether the state directory can be written"
        case (.answered(.refused), 401): "check customer_key and customer_secret in [agora]"
        case (.answered(.refused), 403): "the service is not enabled for this project, or the key has no right to it: see Agora's console"
        case (.answered(.noRoute), _): "the path is wrong, which is a mistake of this program"
        case (.answered(.conflict), _): "another task has the name: use that one, or delete it first"
        case (.answered(.throttled), _): "slow down, or ask Agora for a higher limit"
        case (.unreachable, _): "check the network, `place`, `region` and `[agora.hosts]`"
        default: nil
        }
    }
}

extension AgoraCall {
    /// For sentences: `Media Push Create`.
    package var name: String { "\(service.name) \(operation)" }
}
