/// Who can make the RTC token with which a player or a recorder enters a channel. A token is for one user: another user needs another one.
package protocol TokenProvider: Sendable {
    /// A new token, valid from now on.
    /// - Throws: `TokenError`; it never holds the token.
    func token(channel: String, user: TokenUser) async throws -> String

    /// How long a new token is valid.
    var lifetime: Duration { get }
}

extension TokenProvider {
    /// The service accepts none that is valid for longer.
    package var lifetime: Duration { .seconds(86_400) }
}

/// Who enters a channel: by number, or in projects that use them by account.
package enum TokenUser: Sendable, Hashable, CustomStringConvertible {
    /// 0 is whoever the service makes of it: the token is then good for every user.
    case uid(UInt32)
    case account(String)

    package var description: String {
        switch self {
        case .uid(let number): "uid \(number)"
        case .account(let name): "account \(name)"
        }
    }

    /// `uid` or `account`.
    var key: String {
        switch self {
        case .uid: "uid"
        case .account: "account"
        }
    }

    var value: String {
        switch self {
        case .uid(let number): "\(number)"
        case .account(let name): name
        }
    }
}

/// A token that could not be had: for whom, why, what to do. Holds nothing of any token.
package struct TokenError: Error, Sendable, Equatable, CustomStringConvertible {
    package let channel: String
    package let user: TokenUser
    /// What happened, as the end of a sentence.
    package let reason: String
    /// What to look at.
    package let advice: String

    package var description: String { "no token for \(user) in channel \(channel): \(reason); \(advice)" }
}

/// What somebody else gave as a token.
enum TokenText {
    /// More than any token has: with every service and privilege in it one stays under 2 KiB.
    private static let longest = 4096

    /// - Returns: The text without blanks at its ends; nil if it cannot be a token.
    static func checked(_ text: some StringProtocol) -> String? {
        let token = text.drop(while: \.isWhitespace).prefix { !$0.isWhitespace }
        let isAlone = text.drop(while: \.isWhitespace).dropFirst(token.count).allSatisfy(\.isWhitespace)
        let isGood = isAlone && 1...longest ~= token.utf8.count && token.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F }
        return isGood ? String(token) : nil
    }
}
