package import Settings

/// Everything that was seen before a judgement is made.
package struct DoctorObservations: Sendable {
    /// What one service said when it was asked.
    package enum Reply: Sendable, Equatable {
        /// Its list, read to its end; nil for a service that has none, and answered.
        case answered([Task]?)
        case failed(Failure)
    }

    /// A task that runs in the project.
    package struct Task: Sendable, Equatable {
        package let id: String
        package let name: String?
        /// Seconds; nil where the list does not say.
        package let idleTimeout: Int64?

        package init(id: String, name: String?, idleTimeout: Int64?) {
            self.id = id
            self.name = name
            self.idleTimeout = idleTimeout
        }
    }

    package struct Failure: Sendable, Equatable {
        package enum Kind: Sendable, Equatable {
            /// 401.
            case credentials
            /// 403, and what Cloud Recording says instead.
            case notEnabled
            case noAnswer
            case other
        }

        package let kind: Kind
        package let text: String

        package init(_ kind: Kind, _ text: String) {
            self.kind = kind
            self.text = text
        }
    }

    package struct Host: Sendable, Equatable {
        package let name: String
        package let isPrimary: Bool
        /// Why it cannot be reached; nil if it answered.
        package let trouble: String?
        /// How far its clock is ahead of ours, in seconds; nil if it did not say.
        package let ahead: Double?

        package init(name: String, isPrimary: Bool, trouble: String?, ahead: Double?) {
            self.name = name
            self.isPrimary = isPrimary
            self.trouble = trouble
            self.ahead = ahead
        }
    }

    package enum Tokens: Sendable, Equatable {
        /// Nothing in `[agora.token]` makes any.
        case noSource
        case made
        case failed(String)
    }

    /// The state directory.
    package struct State: Sendable, Equatable {
        package let path: String
        /// Permission bits; nil if they could not be read.
        package let directoryMode: Int?
        package let fileMode: Int?

        package init(path: String, directoryMode: Int?, fileMode: Int?) {
            self.path = path
            self.directoryMode = directoryMode
            self.fileMode = fileMode
        }
    }

    /// The services that were asked: those that are used.
    package var replies: [StreamService: Reply] = [:]
    package var wishes: [StreamWish] = []
    package var shows: [RecordingWish] = []
    package var limits = AgoraSection().limits
    /// By the name of the limit.
    package var rates: [String: RateState] = [:]
    /// When the newest notification of a service arrived, Unix milliseconds; absent if there was none.
    package var newest: [StreamService: Int64] = [:]
    package var hosts: [Host] = []
    package var tokens = Tokens.noSource
    package var hasCertificate = false
    package var state: State
    /// Unix milliseconds.
    package var now: Int64

    package init(state: State, now: Int64) {
        self.state = state
        self.now = now
    }
}
