/// Why a call did not do what a task needed, for people.
package struct CallTrouble: Codable, Sendable, Equatable {
    /// A sentence, with ids and advice, without keys and tokens.
    package let words: String
    /// `Media Push Create`; nil where no call was made.
    package var call: String?
    package var status: Int?
    /// For questions to Agora's support.
    package var requestID: String?
    /// The task that has a name which was wanted.
    package var foreignID: String?

    init(_ words: String, call: String? = nil, foreignID: String? = nil) {
        self.words = words
        self.call = call
        self.foreignID = foreignID
    }

    init(_ error: any Error) {
        words = "\(error)"
        guard let error = error as? AgoraError else { return }
        call = error.call
        status = error.answer?.status
        requestID = error.requestID
    }
}
