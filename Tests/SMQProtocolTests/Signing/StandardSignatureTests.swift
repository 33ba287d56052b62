import Testing

@testable import SMQProtocol

/// Vectors of the V2 signature: `secret`, text to sign, signature.
@Suite("Standard signature")
struct StandardSignatureTests {
    private static let date = "Thu, 09 Jul 2015 03:01:34 GMT"

    private func request(_ method: String, _ target: String, _ headers: [(name: String, value: String)] = []) -> WireRequest {
        WireRequest(method: method, target: target, headers: [("Date", Self.date), ("x-mns-version", "2015-06-06")] + headers)
    }

    private func signature(_ request: WireRequest) -> String {
        StandardSignature(secret: SecretText("testAccessKeySecret")).text(signing: StandardSignature.stringToSign(request))
    }

    @Test("a receive is signed as the official clients sign it")
    func receive() {
        let request = request("GET", "/queues/MyQueue/messages?waitseconds=10")
        let text = String(decoding: StandardSignature.stringToSign(request), as: UTF8.self)
        #expect(text == "GET\n\n\nThu, 09 Jul 2015 03:01:34 GMT\nx-mns-version:2015-06-06\n/queues/MyQueue/messages?waitseconds=10")
        #expect(signature(request) == "lU8FxVMmpjcrEDvTUWztQC2P4X4=")
    }

    @Test("digest and type of a body are signed as they are sent")
    func send() {
        let request = request(
            "POST", "/queues/MyQueue/messages",
            [("Content-MD5", "NzYzMTc5NDg2YWZkYjBhNWFhMThkYWQ1NTJmZDY0OWM="), ("Content-Type", "text/xml;charset=UTF-8")])
        #expect(signature(request) == "s26wXVSWstrY55EaxZQDV/5mMlI=")
    }

    @Test(
        "the target is signed as it is written, percent-encoded or not",
        arguments: [("==", "v3zAgHhe+TptYGQj8C0yVu64tEA="), ("%3D%3D", "PUG7feYqiODUdzmhlYX5fz+82Ac=")])
    func delete(tail: String, expected: String) {
        let request = request("DELETE", "/queues/MyQueue/messages?ReceiptHandle=1-ODU4OTkzNDU5My0xNDM1MTk3NjAwLTItNg" + tail)
        #expect(signature(request) == expected)
    }

    @Test("x-mns headers are signed in lower case and ascending order, whatever the order they are sent in")
    func list() {
        let request = request(
            "GET", "/queues",
            [("X-MNS-With-Meta", "true"), ("x-mns-prefix", "job"), ("x-mns-ret-number", " 10 "), ("x-mns-marker", "abc")])
        #expect(signature(request) == "fAze1UoGVjAJC50qZUXPX6O8STA=")
    }

    @Test("a visibility change without a body is signed with the type that it carries")
    func changeVisibility() {
        let request = request(
            "PUT", "/queues/MyQueue/messages?ReceiptHandle=abc-1&VisibilityTimeout=30", [("content-type", "text/xml;charset=UTF-8")])
        #expect(signature(request) == "T9EzIndSziVlWxbAfLuVkepDgyk=")
    }

    @Test("x-mns-date is among the lines, and stands in for a missing Date")
    func standIn() {
        let both = request("GET", "/queues/MyQueue/messages?waitseconds=10", [("x-mns-date", Self.date)])
        #expect(signature(both) == "oYHyyEqXCbMbiXeCGYvg8LqCTAw=")
        var alone = both
        alone.headers.removeAll { $0.name == "Date" }
        #expect(signature(alone) == "oYHyyEqXCbMbiXeCGYvg8LqCTAw=")
    }

    @Test("headers that are never signed do not change the signature")
    func unsignedHeaders() {
        let request = request(
            "GET", "/queues/MyQueue/messages?waitseconds=10",
            [("security-token", "anything"), ("Host", "h"), ("User-Agent", "u"), ("Authorization", "x")])
        #expect(signature(request) == "lU8FxVMmpjcrEDvTUWztQC2P4X4=")
    }

    @Test(
        "vectors that the vendor published",
        arguments: [
            (
                "sk1", "POST\n\n\nTue, 03 Jun 2025 11:23:48 GMT\nx-mns-abcdef:abcDEF\n/queues/TestQueue",
                "cAThPWnbphg3hDe3ZHDADTgkgyE="
            ),
            (
                "sk-kkkkkk1111111111", "GET\n\n\nWed, 03 Dec 2025 11:23:48 GMT\nx-mns-abcdef:KKKkkk\n/queues/TestQueue123456",
                "lPxnfNA+Qo/aj18MYJUnRMqa84I="
            ),
            (
                "TestAccessSecret", "GET\n\n\nThu, 09 Jul 2015 03:01:34 GMT\nx-mns-version:2015-06-06\n/MyQueue",
                "uwx3yeWoILzgmvesW0BQSgfM7b8="
            ),
        ])
    func published(secret: String, text: String, expected: String) {
        #expect(StandardSignature(secret: SecretText(secret)).text(signing: Array(text.utf8)) == expected)
    }

    @Test("the signer writes the whole header and the others that go with it")
    func signer() throws {
        let signer = RequestSigner(
            credentials: Credentials(
                accessKeyID: "testAccessKeyId", secret: SecretText("testAccessKeySecret"), securityToken: SecretText("token")))
        let time = try #require(HTTPDate.time(of: Self.date))
        var request = QueueOperation.receive(from: "MyQueue", wait: .seconds(10)).encoded()
        signer.sign(&request, at: time)
        #expect(request.header("Authorization") == "MNS testAccessKeyId:lU8FxVMmpjcrEDvTUWztQC2P4X4=")
        #expect(request.header("Date") == Self.date)
        #expect(request.header("x-mns-version") == "2015-06-06")
        #expect(request.header("security-token") == "token")
        #expect(request.header("Content-Type") == nil)
        var withBody = QueueOperation.batchDelete([ReceiptHandle("h")], from: "q").encoded()
        signer.sign(&withBody, at: time)
        #expect(withBody.header("Content-Type") == "text/xml;charset=UTF-8")
    }

    @Test("printing credentials shows no secret")
    func masking() {
        let pair = Credentials(accessKeyID: "id", secret: SecretText("hush"), securityToken: SecretText("whisper"))
        var dumped = ""
        dump(pair, to: &dumped)
        for text in ["\(pair)", String(reflecting: pair), dumped] {
            #expect(!text.contains("hush") && !text.contains("whisper"))
        }
    }
}
