import Crypto
import Foundation
import Settings
import Testing

@testable import StreamServices

@Suite("RTC tokens of form 007") struct AccessTokenTests {
    static let appID = "970CA35de60c44645bbae8a215061b33"
    static let certificate = Secret("5CFd2fd1755d40ecb72977518be15d3b")
    private static let channel = "7d72365eb983485397e3e3f9d460bdda"

    /// What Agora's own builders make of the same inputs, published with their tests (AgoraDynamicKey, AccessToken2): the content of the
    /// zlib stream. How a stream is compressed is nobody's business.
    private static let vectors = [
        (
            TokenUser.uid(2_882_341_273),
            """
            200016a0b84c5a5e82cbf74fb813d09f59c54bdac9c06120580539ac97578e958b1a20003937304341333564653630633434363435626261653861323135303631\
            62333347f4100058020000010000000100010001000100580200002000376437323336356562393833343835333937653365336639643436306264646\
            10a0032383832333431323733
            """
        ),
        (
            .account("2882341273"),
            """
            200016a0b84c5a5e82cbf74fb813d09f59c54bdac9c06120580539ac97578e958b1a20003937304341333564653630633434363435626261653861323135303631\
            62333347f4100058020000010000000100010001000100580200002000376437323336356562393833343835333937653365336639643436306264646\
            10a0032383832333431323733
            """
        ),
        (
            .uid(0),
            """
            2000dcc4af9e4a04268e083f1fecd1daf9be33c860de592d6a2ca2b0306b9603633c20003937304341333564653630633434363435626261653861323135303631\
            62333347f4100058020000010000000100010001000100580200002000376437323336356562393833343835333937653365336639643436306264646\
            10000
            """
        ),
    ]

    @Test("a token holds and signs what Agora's own builder does", arguments: vectors)
    func published(user: TokenUser, content: String) throws {
        let token = AccessToken(
            appID: Self.appID, channel: Self.channel, user: user, issued: 1_111_111, lifetime: 600, salt: 1,
            privileges: [(.joinChannel, 600)]
        ).text(certificate: Self.certificate)
        let bytes = try ReadToken.content(token)
        #expect(bytes.map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }.joined() == content)
    }

    @Test("a token lets its user enter and publish, as long as it lives")
    func privileges() throws {
        let text = AccessToken(
            appID: Self.appID, channel: "stage 7", user: .account("relay-ä"), issued: 1_790_000_000, lifetime: 86_400, salt: 99
        ).text(certificate: Self.certificate)
        let token = try ReadToken(text)
        #expect(token.appID == Self.appID && token.channel == "stage 7" && token.user == "relay-ä")
        #expect(token.issued == 1_790_000_000 && token.lifetime == 86_400 && token.salt == 99)
        #expect(token.privileges == [1: 0, 2: 0, 3: 0, 4: 0])
        #expect(token.isSigned(with: Self.certificate) && !token.isSigned(with: Secret("5CFd2fd1755d40ecb72977518be15d3c")))
    }

    @Test("a changed token is not signed", arguments: [40, 60, 75, 100])
    func changed(place: Int) throws {
        let text = AccessToken(
            appID: Self.appID, channel: Self.channel, user: .uid(7), issued: 1, lifetime: 2, salt: 3
        ).text(certificate: Self.certificate)
        var content = try ReadToken.content(text)
        content[place] ^= 1
        #expect(try !ReadToken(content: content).isSigned(with: Self.certificate))
    }

    @Test("a stream of any length is one of stored blocks, with its checksum", arguments: [0, 1, 138, 65_535, 65_536, 200_000])
    func stored(length: Int) throws {
        let bytes = (0..<length).map { UInt8(truncatingIfNeeded: $0 &* 31) }
        #expect(try ReadToken.inflated(StoredZlib.stream(bytes)) == bytes)
    }

    @Test("the checksum is that of RFC 1950", arguments: [("", 1), ("Wikipedia", 0x11E6_0398), ("abc", 0x024D_0127)] as [(String, UInt32)])
    func adler(text: String, sum: UInt32) {
        #expect(StoredZlib.adler32(Array(text.utf8)) == sum)
    }
}

/// A token taken apart by a reader of its own, which shares nothing with the writer.
struct ReadToken {
    struct Broken: Error {
        let what: String
    }

    let signature: [UInt8]
    let signed: [UInt8]
    let appID: String
    let issued: UInt32
    let lifetime: UInt32
    let salt: UInt32
    let privileges: [UInt16: UInt32]
    let channel: String
    let user: String

    init(_ text: String) throws { try self.init(content: Self.content(text)) }

    init(content: [UInt8]) throws {
        var rest = content[...]
        func number(_ bytes: Int) throws -> UInt32 {
            guard rest.count >= bytes else { throw Broken(what: "too short") }
            defer { rest = rest.dropFirst(bytes) }
            return rest.prefix(bytes).reversed().reduce(0) { $0 << 8 | UInt32($1) }
        }
        func text() throws -> [UInt8] {
            let length = Int(try number(2))
            guard rest.count >= length else { throw Broken(what: "too short") }
            defer { rest = rest.dropFirst(length) }
            return Array(rest.prefix(length))
        }
        signature = try text()
        signed = Array(rest)
        appID = String(decoding: try text(), as: UTF8.self)
        issued = try number(4)
        lifetime = try number(4)
        salt = try number(4)
        guard try number(2) == 1, try number(2) == 1 else { throw Broken(what: "not the RTC service alone") }
        var privileges: [UInt16: UInt32] = [:]
        for _ in 0..<(try number(2)) { privileges[UInt16(try number(2))] = try number(4) }
        self.privileges = privileges
        channel = String(decoding: try text(), as: UTF8.self)
        user = String(decoding: try text(), as: UTF8.self)
        guard rest.isEmpty else { throw Broken(what: "something behind it") }
    }

    func isSigned(with certificate: Secret) -> Bool {
        func little(_ number: UInt32) -> [UInt8] { (0..<4).map { UInt8(truncatingIfNeeded: number >> ($0 * 8)) } }
        func mac(_ bytes: [UInt8], _ key: [UInt8]) -> [UInt8] {
            Array(HMAC<SHA256>.authenticationCode(for: bytes, using: SymmetricKey(data: key)))
        }
        return mac(signed, mac(mac(Array(certificate.reveal().utf8), little(issued)), little(salt))) == signature
    }

    static func content(_ text: String) throws -> [UInt8] {
        guard text.hasPrefix("007"), let data = Data(base64Encoded: String(text.dropFirst(3))) else { throw Broken(what: "no 007 token") }
        return try inflated(Array(data))
    }

    /// Reads stored blocks only.
    static func inflated(_ stream: [UInt8]) throws -> [UInt8] {
        guard stream.count >= 6, stream[0] == 0x78, (Int(stream[0]) << 8 | Int(stream[1])) % 31 == 0, stream[1] & 0x20 == 0 else {
            throw Broken(what: "zlib header")
        }
        var (result, place, isLast) = ([UInt8](), 2, false)
        while !isLast {
            guard place + 5 <= stream.count, stream[place] <= 1 else { throw Broken(what: "block header") }
            isLast = stream[place] == 1
            let length = Int(stream[place + 1]) | Int(stream[place + 2]) << 8
            guard length ^ 0xFFFF == Int(stream[place + 3]) | Int(stream[place + 4]) << 8, place + 5 + length <= stream.count else {
                throw Broken(what: "block length")
            }
            result += stream[(place + 5)..<(place + 5 + length)]
            place += 5 + length
        }
        var (a, b) = (1, 0)
        for byte in result {
            a = (a + Int(byte)) % 65_521
            b = (b + a) % 65_521
        }
        let sum = stream[place...].reduce(0) { $0 << 8 | Int($1) }
        guard stream.count == place + 4, sum == b << 16 | a else { throw Broken(what: "checksum") }
        return result
    }
}
