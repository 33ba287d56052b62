import Foundation
import Testing

@testable import MediaEvents

@Suite("Damaged bodies") struct MutationTests {
    #if DEBUG
        private static let rounds = 3_000
    #else
        private static let rounds = 15_000
    #endif

    /// Always the same sequence for the same seed (SplitMix64).
    private struct Seeded: RandomNumberGenerator {
        var state: UInt64
        mutating func next() -> UInt64 {
            state &+= 0x9E37_79B9_7F4A_7C15
            var z = state
            z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
            z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
            return z ^ (z >> 31)
        }
    }

    private static func mutate(_ bytes: [UInt8], _ random: inout Seeded) -> [UInt8] {
        var bytes = bytes
        let syntax = Array(#"{}[]":,\0123456789.-+eEtrufalsn"#.utf8)
        for _ in 0..<Int.random(in: 1...4, using: &random) {
            guard !bytes.isEmpty else { break }
            let place = bytes.indices.randomElement(using: &random) ?? 0
            switch UInt8.random(in: 0..<7, using: &random) {
            case 0: bytes[place] = .random(in: 0...255, using: &random)
            case 1: bytes[place] ^= 1 << UInt8.random(in: 0..<8, using: &random)
            case 2: bytes.remove(at: place)
            case 3: bytes.insert(.random(in: 0...255, using: &random), at: place)
            case 4: bytes.insert(syntax.randomElement(using: &random) ?? 0, at: place)
            case 5: bytes[place] = syntax.randomElement(using: &random) ?? 0
            default:
                let end = min(bytes.count, place + Int.random(in: 0..<40, using: &random))
                bytes.removeSubrange(place..<end)
            }
        }
        return bytes
    }

    @Test("no damage crashes the decoder, and only JSON passes as an event", arguments: zip(Fixture.all, 1...UInt64(Fixture.all.count)))
    func randomDamage(fixture: Fixture, seed: UInt64) throws {
        let original = try fixture.bytes()
        let decoder = EventDecoder()
        var random = Seeded(state: seed)
        var counts: [DecodeStatus: Int] = [:]
        for round in 0..<Self.rounds {
            let bytes = Self.mutate(original, &random)
            let decoded = decoder.decode(bytes)
            counts[decoded.status, default: 0] += 1
            switch decoded.result {
            case .typed:
                #expect(decoded.json == bytes)
                if round.isMultiple(of: 10) { #expect(throws: Never.self) { try EventPrinter.json(decoded) } }
                do {
                    _ = try JSONSerialization.jsonObject(with: Data(bytes))
                } catch {  // a number such as 4e820, in a field where it is as good as absent
                    #expect("\(error)".contains("is not representable"), "round \(round)")
                }
            case .unknown(let unknown): #expect(!unknown.reason.isEmpty)
            case .undecodable(let fault): #expect(!fault.reason.isEmpty)
            }
        }
        #expect(counts[.typed, default: 0] > Self.rounds / 100 && counts[.undecodable, default: 0] > Self.rounds / 100)
    }

    @Test("every beginning of a body but the whole is undecodable", arguments: Fixture.all)
    func truncated(fixture: Fixture) throws {
        let bytes = try fixture.bytes()
        let end = try #require(bytes.lastIndex(of: UInt8(ascii: "}")))
        for count in 0...end { #expect(EventDecoder().decode(Array(bytes[..<count])).status == .undecodable) }
        #expect(EventDecoder().decode(Array(bytes[...end])).status == .typed)
    }
}
