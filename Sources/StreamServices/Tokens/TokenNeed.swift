package import Settings

/// Whether wanted tasks can have the tokens that they need.
package struct TokenNeed: Error, Sendable, Equatable, CustomStringConvertible {
    /// The key or task that is refused.
    package let subject: String
    /// Of tokens that end too early; nil where there are none.
    package var lifetime: Duration?

    package var description: String {
        if let lifetime {
            return """
                \(subject) is refused: its tokens would be valid for \(lifetime.components.seconds) s, and a recording's token cannot be \
                renewed, so that the recording would have to be replaced all the time; set lifetime in [agora.token] to 1h at least
                """
        }
        return """
            \(subject) is refused: the project has a certificate ([agora] has_certificate), and nothing in [agora.token] can make tokens, \
            which every new user in a channel needs; set certificate, url or command there
            """
    }

    /// Asked before a task is wanted: a task that could run once, and never be replaced, is no help.
    /// - Parameter subject: What is to be created, for the error: `the player stage7_901`.
    /// - Throws: `TokenNeed` if the project has a certificate and no token can be had.
    package static func check(_ section: AgoraSection, for subject: String) throws(TokenNeed) {
        if section.hasCertificate, section.token.source == nil { throw TokenNeed(subject: subject) }
    }

    /// A recording that enters its channel is replaced before its token ends: that has to be rare.
    /// - Throws: `TokenNeed` if the tokens that are made here end within less than an hour.
    package static func checkLifetime(_ section: AgoraSection, of wish: RecordingWish) throws(TokenNeed) {
        guard case .certificate? = section.token.source, wish.mode != .web, section.token.lifetime < .seconds(3600) else { return }
        throw TokenNeed(subject: "the recording \(wish.name)", lifetime: section.token.lifetime)
    }
}
