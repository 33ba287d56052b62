/// What the answers to a recording's calls mean for its life.
/// - SeeAlso: Agora, Cloud Recording, RESTful API, error codes.
enum RecordingAnswers {
    /// Cloud Recording's own codes, as far as something follows from them.
    private enum Code {
        static let ending: Int64 = 49
        static let conflict: Int64 = 53
        static let timedOut: Int64 = 62
        static let overload: Int64 = 406
        /// The resource id is too old.
        static let expired: Int64 = 433
        static let nothingRecorded: Int64 = 435
    }

    static func acquisition(_ answer: AgoraAnswer) -> RecordingTask.Acquisition {
        switch answer.meaning {
        case .success: RecordingReply(answer)?.resourceID.map { .resource($0) } ?? .failed
        case .throttled: .throttled
        case .refused where answer.code == Code.overload: .overloaded
        case .refused, .noRoute, .missing, .conflict: .refused(words(answer))
        case .failed, .unknown, .notCompleted, .alreadyStarted, .nothingRecorded: .failed
        }
    }

    static func start(_ answer: AgoraAnswer) -> RecordingTask.Start {
        switch answer.meaning {
        case .success: RecordingReply(answer)?.sid.map { .started(sid: $0) } ?? .notCompleted
        case .alreadyStarted: .alreadyStarted
        case .notCompleted, .nothingRecorded: .notCompleted
        case .unknown: .unknown
        case .failed: answer.code == Code.timedOut ? .unknown : .failed
        case .throttled: .throttled
        case .refused where answer.code == Code.conflict: .conflict
        case .refused where answer.code == Code.timedOut: .unknown
        case .refused where answer.code == Code.overload: .overloaded
        // It was not carried out, and a new id can be had.
        case .refused where answer.code == Code.expired: .unsent
        case .refused, .noRoute, .missing, .conflict: .refused(words(answer))
        }
    }

    static func query(_ answer: AgoraAnswer) -> RecordingTask.Query {
        switch answer.meaning {
        case .success: RecordingReply(answer)?.serverResponse?.status.map { .status(Int(clamping: $0)) } ?? .failed
        case .missing: .missing
        case .throttled: .throttled
        case .failed, .unknown, .notCompleted, .alreadyStarted, .nothingRecorded: .failed
        case .refused, .noRoute, .conflict: .refused(words(answer))
        }
    }

    static func stop(_ answer: AgoraAnswer) -> RecordingTask.Stop {
        switch answer.meaning {
        case .success: .done
        case .nothingRecorded: .nothingRecorded
        case .missing: .missing
        case .refused where answer.code == Code.ending: .ending
        case .refused where answer.code == Code.nothingRecorded: .nothingRecorded
        case .throttled, .failed, .unknown, .notCompleted, .alreadyStarted: .failed
        case .refused, .noRoute, .conflict: .refused(words(answer))
        }
    }

    static func words(_ answer: AgoraAnswer) -> String {
        "\(answer.status)" + (answer.code.map { ", code \($0)" } ?? "") + (answer.reason.isEmpty ? "" : ": \(answer.reason)")
    }
}
