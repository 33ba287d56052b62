/// The key pair that signs requests.
package struct AccessKey: Sendable, Equatable {
    package let id: String
    package let secret: Secret

    package init(id: String, secret: Secret) {
        self.id = id
        self.secret = secret
    }

    /// The well-known pair of the local server, so that a newcomer needs no keys. Used for loopback endpoints only: no cloud knows it.
    package static let local = AccessKey(id: "local-development", secret: Secret("local-development-secret"))
}
