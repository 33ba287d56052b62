/// Signs requests with one key pair.
package struct RequestSigner: Sendable {
    private let credentials: Credentials
    private let version: SignatureVersion
    private let standard: StandardSignature
    private let regional: RegionalSignature

    package init(credentials: Credentials, version: SignatureVersion = .v2) {
        self.credentials = credentials
        self.version = version
        standard = StandardSignature(secret: credentials.secret)
        regional = RegionalSignature(secret: credentials.secret)
    }

    /// Adds `Date`, `x-mns-version`, `Content-Type` (with a body), `security-token` (with a temporary key) and `Authorization`.
    ///
    /// Nothing that is signed may change on the way afterwards: method, target, these headers and all `x-mns-*`.
    /// - Parameter time: By the server's clock as far as it is known: 15 minutes off is refused.
    package func sign(_ request: inout WireRequest, at time: ServerTime) {
        request.headers.reserveCapacity(request.headers.count + 5)
        request.headers.append(("Date", HTTPDate.text(of: time)))
        request.headers.append(("x-mns-version", ProtocolVersion.text))
        if !request.body.isEmpty { request.headers.append(("Content-Type", "text/xml;charset=UTF-8")) }
        request.headers.append(("Authorization", authorization(for: request, at: time)))
        if let token = credentials.securityToken { request.headers.append(("security-token", token.revealed)) }
    }

    /// The value of the `Authorization` header for a request that carries its other headers already.
    func authorization(for request: WireRequest, at time: ServerTime) -> String {
        switch version {
        case .v2:
            return "MNS \(credentials.accessKeyID):\(standard.text(signing: StandardSignature.stringToSign(request)))"
        case .v4(let region):
            let day = RegionalSignature.stamps(of: time).day
            let text = RegionalSignature.stringToSign(request, at: time, region: region)
            let signature = regional.text(signing: text, day: day, region: region)
            let scope = RegionalSignature.scope(day: day, region: region)
            return "\(RegionalSignature.scheme) Credential=\(credentials.accessKeyID)/\(scope),Signature=\(signature)"
        }
    }
}
