/// The server's side of signing: whether a request comes from the owner of a known key pair, and from now.
///
/// Works on the raw request: target and header values as they came.
package struct SignatureVerifier: Sendable {
    private struct Key: Sendable {
        let credentials: Credentials
        let standard: StandardSignature
        let regional: RegionalSignature
    }

    private let keys: [String: Key]
    private let allowsUnsigned: Bool

    /// - Parameter allowsUnsigned: Whether a request without any `Authorization` passes. One with a wrong one never does.
    package init(credentials: [Credentials], allowsUnsigned: Bool = false) {
        var keys: [String: Key] = [:]
        for pair in credentials {
            keys[pair.accessKeyID] = Key(
                credentials: pair, standard: StandardSignature(secret: pair.secret), regional: RegionalSignature(secret: pair.secret))
        }
        self.keys = keys
        self.allowsUnsigned = allowsUnsigned
    }

    /// - Throws: The refusal that the service would answer with; `SignatureDoesNotMatch` carries the text that was signed here.
    package func verify(_ request: WireRequest, at now: ServerTime) throws(ProtocolRefusal) {
        let version = request.header("x-mns-version")
        if let version, version != ProtocolVersion.text {
            throw ProtocolRefusal(.invalidVersionHeader, "The header x-mns-version must be \(ProtocolVersion.text).")
        }
        guard let header = request.header("Authorization") else {
            if allowsUnsigned { return }
            throw ProtocolRefusal(.missingAuthorizationHeader, "Authorization header is required.")
        }
        guard let authorization = Authorization(header) else {
            throw ProtocolRefusal(
                .invalidAuthorizationHeader, "The Authorization header is neither of the form MNS id:signature nor of V4.")
        }
        guard version != nil else { throw ProtocolRefusal(.missingVersionHeader, "The header x-mns-version is required.") }
        let date = try date(of: request)
        guard let key = keys[authorization.accessKeyID] else {
            throw ProtocolRefusal(.invalidAccessKeyID, "The access key id you provided does not exist.")
        }
        let distance = date.since(now)
        guard distance <= SMQLimits.dateWindow, .zero - distance <= SMQLimits.dateWindow else {
            throw ProtocolRefusal(
                .timeExpired, "The Date header is more than 15 minutes off the server's clock, \(HTTPDate.text(of: now)).")
        }
        try check(authorization, of: request, at: date, with: key)
        if let token = key.credentials.securityToken, !Self.isEqual(token.revealed, request.header("security-token") ?? "") {
            throw ProtocolRefusal(.accessDenied, "The security token does not go with the access key id.")
        }
    }

    private func date(of request: WireRequest) throws(ProtocolRefusal) -> ServerTime {
        guard let text = request.header("Date") ?? request.header("x-mns-date") else {
            throw ProtocolRefusal(.missingDateHeader, "Date header is required.")
        }
        guard let date = HTTPDate.time(of: text) else {
            throw ProtocolRefusal(.invalidDateHeader, "The Date header must look like Thu, 09 Jul 2015 03:01:34 GMT.")
        }
        return date
    }

    private func check(_ authorization: Authorization, of request: WireRequest, at date: ServerTime, with key: Key) throws(ProtocolRefusal)
    {
        let signed: [UInt8]
        let (expected, given): (String, String)
        switch authorization {
        case .standard(_, let signature):
            signed = StandardSignature.stringToSign(request)
            (expected, given) = (key.standard.text(signing: signed), signature)
        case .regional(_, let day, let region, let signature):
            guard day == RegionalSignature.stamps(of: date).day else {
                throw ProtocolRefusal(.invalidAuthorizationHeader, "The day in Credential is not the day of the Date header.")
            }
            signed = RegionalSignature.stringToSign(request, at: date, region: region)
            (expected, given) = (key.regional.text(signing: signed, day: day, region: region), signature)
        }
        guard Self.isEqual(expected, given) else {
            throw ProtocolRefusal(
                .signatureDoesNotMatch,
                "The request signature we calculated does not match the signature you provided. Server string to sign: "
                    + String(decoding: signed, as: UTF8.self))
        }
    }

    /// Takes as long for a near miss as for any other text of the same length.
    private static func isEqual(_ expected: String, _ given: String) -> Bool {
        let (expected, given) = (Array(expected.utf8), Array(given.utf8))
        guard expected.count == given.count else { return false }
        var difference: UInt8 = 0
        for (one, other) in zip(expected, given) { difference |= one ^ other }
        return difference == 0
    }
}
