package import SMQProtocol

/// How one client reaches the service.
package struct SMQClientConfiguration: Sendable {
    package var endpoint: SMQEndpoint
    package var credentials: Credentials
    package var signature: SignatureVersion
    /// Limit on finding the address, connecting and the TLS handshake.
    package var connectLimit: Duration = .seconds(5)
    /// Limit on an exchange in which the server does not wait: everything but receives.
    package var exchangeLimit: Duration = .seconds(15)
    /// What a receive gets on top of its wait. A limit that is not longer than the wait would end every quiet poll as a failure.
    package var receiveMargin: Duration = .seconds(10)

    package init(endpoint: SMQEndpoint, credentials: Credentials, signature: SignatureVersion = .v2) {
        self.endpoint = endpoint
        self.credentials = credentials
        self.signature = signature
    }
}
