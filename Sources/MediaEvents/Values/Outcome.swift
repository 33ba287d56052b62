/// How something ended, out of the vendor's three spellings: `success`/`fail`, `Success`/`Failed`, `Succeed`/`Failed`.
///
/// - SeeAlso: ApsaraVideo VOD, event notifications, field `Status` of each event.
public struct Outcome: Sendable, Hashable {
    public enum Result: String, Sendable, Hashable {
        case success
        case failure
    }

    /// The vendor's own word, as it arrived.
    public let word: String

    public init(word: String) { self.word = word }

    /// `success` for `success` and `succeed`, without regard to case. Every other word is `failure`, unfamiliar ones
    /// too: work that goes on after a success must never start on a guess.
    public var result: Result {
        switch word.lowercased() {
        case "success", "succeed": .success
        default: .failure
        }
    }

    public var isSuccess: Bool { result == .success }
}
