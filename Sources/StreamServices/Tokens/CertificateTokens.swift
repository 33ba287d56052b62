package import Settings

/// Tokens made here, with the project's App Certificate.
package struct CertificateTokens: TokenProvider {
    private let appID: String
    private let certificate: Secret
    package let lifetime: Duration
    private let clock: any StreamClock
    private let salt: @Sendable () -> UInt32

    /// - Parameters:
    ///   - lifetime: At most 24 hours, which is what the service accepts; whole seconds.
    ///   - salt: A new number for each token.
    package init(
        appID: String, certificate: Secret, lifetime: Duration, clock: any StreamClock,
        salt: @escaping @Sendable () -> UInt32 = { .random(in: 1...99_999_999) }
    ) {
        self.appID = appID
        self.certificate = certificate
        self.lifetime = lifetime
        self.clock = clock
        self.salt = salt
    }

    package func token(channel: String, user: TokenUser) async throws -> String {
        let problem =
            switch user {
            case _ where !(1...64 ~= channel.utf8.count): "a channel has 1 to 64 bytes"
            case .account(let name) where !(1...255 ~= name.utf8.count): "an account has 1 to 255 bytes"
            default: String?.none
            }
        if let problem { throw TokenError(channel: channel, user: user, reason: problem, advice: "correct the wanted task") }
        let token = AccessToken(
            appID: appID, channel: channel, user: user, issued: UInt32(clamping: clock.unixMilliseconds / 1000),
            lifetime: UInt32(clamping: lifetime.components.seconds), salt: salt())
        return token.text(certificate: certificate)
    }
}
