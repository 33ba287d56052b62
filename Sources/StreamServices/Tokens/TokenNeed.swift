package import Settings

/// Whether wanted tasks can have the tokens that they need.
package struct TokenNeed: Error, Sendable, Equatable, CustomStringConvertible {
    /// The key or task that is refused.
    package let subject: String

    package var description: String {
        """
        \(subject) is refused: the project has a certificate ([agora] has_certificate), and nothing in [agora.token] can make tokens, which \
        every new user in a channel needs; set certificate, url or command there
        """
    }

    /// Asked before a task is wanted: a task that could run once, and never be replaced, is no help.
    /// - Parameter subject: What is to be created, for the error: `the player stage7_901`.
    /// - Throws: `TokenNeed` if the project has a certificate and no token can be had.
    package static func check(_ section: AgoraSection, for subject: String) throws(TokenNeed) {
        if section.hasCertificate, section.token.source == nil { throw TokenNeed(subject: subject) }
    }
}
