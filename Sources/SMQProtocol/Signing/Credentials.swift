/// A key pair, and the token that goes with a temporary one.
package struct Credentials: Sendable, Equatable {
    package var accessKeyID: String
    package var secret: SecretText
    /// Of an STS key pair: sent as `security-token`, never part of the signed text.
    package var securityToken: SecretText?

    package init(accessKeyID: String, secret: SecretText, securityToken: SecretText? = nil) {
        self.accessKeyID = accessKeyID
        self.secret = secret
        self.securityToken = securityToken
    }

    /// The well-known pair of the local server: no secret at all, and of use on one machine only.
    package static let local = Credentials(accessKeyID: "mediaworker-local", secret: SecretText("mediaworker-local-secret"))
}

/// Which form of signature a request carries.
package enum SignatureVersion: Sendable, Equatable {
    /// `MNS {id}:{signature}`, HMAC-SHA1: what every hand-written official client sends.
    case v2
    /// `MNS4-HMAC-SHA256 ...`, bound to a day and a region such as `cn-hangzhou`.
    case v4(region: String)
}
