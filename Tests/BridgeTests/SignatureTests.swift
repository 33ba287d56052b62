import Foundation
import MediaEvents
import Settings
import Testing

@testable import Bridge

@Suite("Signatures of senders") struct SignatureTests {
    struct Vector: Decodable, Sendable, CustomTestStringConvertible {
        let name: String
        let secret: String
        let bodyBase64: String
        let old: String
        let new: String
        let valid: Bool

        enum CodingKeys: String, CodingKey {
            case name, secret, bodyBase64, valid
            case old = "Agora-Signature"
            case new = "Agora-Signature-V2"
        }

        var testDescription: String { name }
        var body: [UInt8] { Data(base64Encoded: bodyBase64).map { [UInt8]($0) } ?? [] }
    }

    static let vectors: [Vector] = {
        struct File: Decodable { let vectors: [Vector] }
        guard let folder = Bundle.module.resourceURL?.appendingPathComponent("Fixtures"),
            let data = try? Data(contentsOf: folder.appendingPathComponent("signature-vectors.json"))
        else { return [] }
        return (try? JSONDecoder().decode(File.self, from: data))?.vectors ?? []
    }()

    private func agora(_ secrets: [String], for product: AgoraProduct) -> AgoraSignature {
        AgoraSignature([product: secrets.map { Secret($0) }])
    }

    @Test("there are vectors, good and bad")
    func there() {
        #expect(Self.vectors.count >= 9 && Self.vectors.contains { !$0.valid })
    }

    @Test("every vector verifies or fails as marked, by either header", arguments: vectors)
    func vector(vector: Vector) throws {
        let product = try #require(NoticeIdentity(vector.body).product.flatMap { AgoraProduct(rawValue: $0) })
        let signature = agora(["another", vector.secret], for: product)
        let number = product.rawValue
        #expect(signature.isGood(vector.body, product: number, signature: vector.new, oldSignature: vector.old) == vector.valid)
        #expect(signature.isGood(vector.body, product: number, signature: nil, oldSignature: vector.old) == vector.valid)
        #expect(signature.isGood(vector.body, product: number, signature: vector.new.uppercased(), oldSignature: nil) == vector.valid)
        #expect(!signature.isGood(vector.body, product: number, signature: nil, oldSignature: nil))
    }

    @Test("where the new header is sent, the old one does not count")
    func precedence() throws {
        let vector = try #require(Self.vectors.first { $0.valid })
        let product = try #require(NoticeIdentity(vector.body).product.flatMap { AgoraProduct(rawValue: $0) })
        let signature = agora([vector.secret], for: product)
        #expect(!signature.isGood(vector.body, product: product.rawValue, signature: "00", oldSignature: vector.old))
    }

    @Test("a secret is good for its product alone; a body that does not say its product is tried with all")
    func products() throws {
        let vector = try #require(Self.vectors.first { $0.valid })
        let other: AgoraProduct = NoticeIdentity(vector.body).product == 5 ? .mediaPull : .mediaPush
        let signature = agora([vector.secret], for: other)
        #expect(!signature.isGood(vector.body, product: NoticeIdentity(vector.body).product, signature: vector.new, oldSignature: nil))
        #expect(signature.isGood(vector.body, product: nil, signature: vector.new, oldSignature: nil))
        #expect(!signature.isGood(vector.body, product: 17, signature: vector.new, oldSignature: nil))
    }

    @Test("VOD: address, timestamp and key count, the time may be off by the tolerance")
    func vod() {
        let signature = VODSignature(
            urls: ["https://old.example.org/", "https://hooks.example.org/vod/events"], keys: [Secret("Other1"), Secret("Kf7mQ2xLz9")],
            tolerance: .seconds(300))
        let (time, good): (Int64, String) = (1_767_225_600, "7c82df10ed6bc875f25ef07508020e1e")
        #expect(signature.isGood(timestamp: "\(time)", signature: good, now: time))
        #expect(signature.isGood(timestamp: "\(time)", signature: good, now: time + 300))
        #expect(!signature.isGood(timestamp: "\(time)", signature: good, now: time + 301))
        #expect(!signature.isGood(timestamp: "\(time)", signature: good, now: time - 301))
        #expect(!signature.isGood(timestamp: "\(time + 1)", signature: good, now: time))
        #expect(!signature.isGood(timestamp: "\(time)", signature: String(good.dropLast()), now: time))
        for missing in [nil, "", "soon", "99999999999999999999", "\(Int64.min)"] {
            #expect(!signature.isGood(timestamp: missing, signature: good, now: time))
        }
        #expect(!signature.isGood(timestamp: "\(time)", signature: nil, now: time))
        let other = VODSignature(urls: ["https://hooks.example.org/vod"], keys: [Secret("Kf7mQ2xLz9")], tolerance: .zero)
        #expect(!other.isGood(timestamp: "\(time)", signature: good, now: time))
        #expect(!VODSignature(urls: [], keys: [], tolerance: .zero).isConfigured)
    }
}
