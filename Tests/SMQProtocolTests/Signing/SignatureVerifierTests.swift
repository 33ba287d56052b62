import Testing

@testable import SMQProtocol

@Suite("Verifying signatures")
struct SignatureVerifierTests {
    private let now = ServerTime(milliseconds: 1_800_000_000_000)
    private static let pair = Credentials(accessKeyID: "test-id", secret: SecretText("test-secret"))
    private let verifier = SignatureVerifier(credentials: [pair])

    private func signed(
        _ operation: QueueOperation = .getAttributes(of: "jobs"), by pair: Credentials = Self.pair, version: SignatureVersion = .v2,
        off offset: Int64 = 0
    ) -> WireRequest {
        var request = operation.encoded()
        RequestSigner(credentials: pair, version: version).sign(&request, at: ServerTime(milliseconds: now.milliseconds + offset * 1_000))
        return request
    }

    private func refusal(of request: WireRequest, by verifier: SignatureVerifier? = nil) -> ProtocolRefusal? {
        do throws(ProtocolRefusal) {
            try (verifier ?? self.verifier).verify(request, at: now)
            return nil
        } catch {
            return error
        }
    }

    @Test("what the signer signs is accepted, in both versions", arguments: [SignatureVersion.v2, .v4(region: "cn-hangzhou")])
    func accepted(version: SignatureVersion) {
        let operations: [QueueOperation] = [
            .listQueues(QueueListRequest(prefix: "a", marker: "bmV4dA==", limit: 5, withAttributes: true)),
            .delete(ReceiptHandle("1-a+b/c=="), from: "jobs"), .send(OutgoingMessage(body: Array("x".utf8)), to: "jobs"),
            .batchReceive(from: "jobs", upTo: 16, wait: .seconds(20)),
        ]
        for operation in operations { #expect(refusal(of: signed(operation, version: version)) == nil, "\(operation.name)") }
    }

    @Test("a changed target, header or body type is refused, and the text says what was signed here")
    func changed() {
        var target = signed()
        target.target += "?metaoverride=true"
        #expect(refusal(of: target)?.code == .signatureDoesNotMatch)
        #expect(refusal(of: target)?.status == 403)
        #expect(refusal(of: target)?.message.contains("GET\n\n\n") == true)
        #expect(refusal(of: target)?.message.contains("/queues/jobs?metaoverride=true") == true)
        var header = signed(.listQueues(QueueListRequest(prefix: "a")))
        header.headers[0].value = "b"
        #expect(refusal(of: header)?.code == .signatureDoesNotMatch)
        var method = signed(version: .v4(region: "r"))
        method.method = "DELETE"
        #expect(refusal(of: method)?.code == .signatureDoesNotMatch)
    }

    @Test("a wrong secret and an unknown id are told apart")
    func keys() {
        let wrong = Credentials(accessKeyID: Self.pair.accessKeyID, secret: SecretText("other"))
        #expect(refusal(of: signed(by: wrong))?.code == .signatureDoesNotMatch)
        let unknown = Credentials(accessKeyID: "nobody", secret: Self.pair.secret)
        #expect(refusal(of: signed(by: unknown)) == ProtocolRefusal(.invalidAccessKeyID, "The access key id you provided does not exist."))
    }

    @Test("the date may be 15 minutes off, and no second more", arguments: [(900, true), (-900, true), (901, false), (-901, false)])
    func window(offset: Int64, isGood: Bool) {
        let refusal = refusal(of: signed(off: offset))
        #expect(refusal?.code == (isGood ? nil : .timeExpired))
        if !isGood { #expect(refusal?.status == 408) }
    }

    @Test("each missing or broken header has its own code")
    func headers() {
        func without(_ name: String, _ value: String? = nil) -> SMQError.Code? {
            var request = signed()
            request.headers.removeAll { $0.name == name }
            if let value { request.headers.append((name, value)) }
            return refusal(of: request)?.code
        }
        #expect(without("Authorization") == .missingAuthorizationHeader)
        for text in ["MNS", "MNS ", "MNS id", "MNS :sig", "MNS a:b:c", "Basic abc", "MNS4-HMAC-SHA256 Credential=a/b/c,Signature=d"] {
            #expect(without("Authorization", text) == .invalidAuthorizationHeader, "\(text)")
        }
        #expect(without("Date") == .missingDateHeader)
        #expect(without("Date", "yesterday") == .invalidDateHeader)
        #expect(without("x-mns-version") == .missingVersionHeader)
        #expect(without("x-mns-version", "2014-07-08") == .invalidVersionHeader)
    }

    @Test("the day in a V4 credential must be the day of the date")
    func day() {
        var request = signed(version: .v4(region: "r"))
        for index in request.headers.indices where request.headers[index].name == "Authorization" {
            request.headers[index].value = request.headers[index].value.replacing("20270115", with: "20270114")
        }
        #expect(refusal(of: request)?.code == .invalidAuthorizationHeader)
    }

    @Test("unsigned requests pass only where they are allowed, badly signed ones nowhere")
    func unsigned() {
        let open = SignatureVerifier(credentials: [Self.pair], allowsUnsigned: true)
        #expect(refusal(of: QueueOperation.getAttributes(of: "jobs").encoded(), by: open) == nil)
        var wrong = signed()
        wrong.target = "/queues/other"
        #expect(refusal(of: wrong, by: open)?.code == .signatureDoesNotMatch)
    }

    @Test("a pair with a token needs the token")
    func token() {
        let pair = Credentials(accessKeyID: "sts", secret: SecretText("s"), securityToken: SecretText("t"))
        let verifier = SignatureVerifier(credentials: [pair])
        #expect(refusal(of: signed(by: pair), by: verifier) == nil)
        var bare = signed(by: pair)
        bare.headers.removeAll { $0.name == "security-token" }
        #expect(refusal(of: bare, by: verifier)?.code == .accessDenied)
    }
}
