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
}

/// Which form of signature a request carries.
package enum SignatureVersion: Sendable, Equatable {
    /// `MNS {id}:{signature}`, HMAC-SHA1: what every hand-written official client sends.
    case v2
    /// `MNS4-HMAC-SHA256 ...`, bound to a day and a region such as `cn-hangzhou`.
    case v4(region: String)
}
