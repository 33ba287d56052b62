import Crypto
import Testing

@testable import SMQProtocol

@Suite("Regional signature (V4)")
struct RegionalSignatureTests {
    private let signer = RequestSigner(
        credentials: Credentials(accessKeyID: "testAccessKeyId", secret: SecretText("testAccessKeySecret")),
        version: .v4(region: "cn-hangzhou"))
    private let time = ServerTime(milliseconds: 1_436_410_894_000)

    private func authorization(_ method: String, _ target: String) -> String {
        let request = WireRequest(
            method: method, target: target, headers: [("Content-Type", "text/xml;charset=UTF-8"), ("x-mns-version", "2015-06-06")])
        return signer.authorization(for: request, at: time)
    }

    @Test("the key of a day and a region")
    func derivedKey() {
        let key = RegionalSignature(secret: SecretText("testAccessKeySecret")).key(day: "20150709", region: "cn-hangzhou")
        let hex = key.withUnsafeBytes { Base16.text(of: $0, digits: Base16.lower) }
        #expect(hex == "a3cf5001049b08a5c99f92bae7ccc45fbd29af9b9049c82b5f2c246e2e8d57f9")
    }

    @Test("a new day gets a new key, and the old day its old one")
    func days() {
        let signature = RegionalSignature(secret: SecretText("s"))
        func sign(_ day: String) -> String { signature.text(signing: [1], day: day, region: "r") }
        let first = sign("20150709")
        #expect(sign("20150710") != first)
        #expect(sign("20150709") == first)
    }

    @Test("a receive")
    func receive() {
        let expected =
            "MNS4-HMAC-SHA256 Credential=testAccessKeyId/20150709/cn-hangzhou/mns/aliyun_v4_request,"
            + "Signature=07ce4a4aff378f08eb56534519e28c26458a723a311366d53126ad7fa2b9ff73"
        #expect(authorization("GET", "/queues/MyQueue/messages?waitseconds=10") == expected)
    }

    @Test("a handle counts the same, plain or percent-encoded", arguments: ["==", "%3D%3D"])
    func delete(tail: String) {
        let header = authorization("DELETE", "/queues/MyQueue/messages?ReceiptHandle=1-ODU4OTkzNDU5My0xNDM1MTk3NjAwLTItNg" + tail)
        #expect(header.hasSuffix("Signature=5d3bbd76bc3a2827d1ea77e5111df04a8bd100741070702538c4ed690345b909"))
    }

    @Test("parameters are sorted by name, flags stand alone")
    func query() {
        let request = WireRequest(method: "GET", target: "/queues/q/messages?waitseconds=1&PeekOnly&numOfMessages=2")
        let text = String(decoding: RegionalSignature.stringToSign(request, at: time, region: "r"), as: UTF8.self)
        #expect(text.contains("\n/queues/q/messages\nnumofmessages=2&peekonly&waitseconds=1\n\n"))
        #expect(text.hasPrefix("MNS4-HMAC-SHA256\n20150709T030134Z\n20150709/r/mns/aliyun_v4_request\nGET\n"))
    }
}
