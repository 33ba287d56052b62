import Crypto
import Foundation
import Settings

/// An RTC token of Agora's form 007 (AccessToken2): signed with the App Certificate, good for one channel and one user.
///
/// `007` and the base64 of a zlib stream of: signature, App ID, issue time, lifetime, salt, and the services with their privileges. All
/// numbers are little-endian; a text has its length in two bytes in front.
/// - SeeAlso: Agora, AgoraDynamicKey, AccessToken2.
struct AccessToken {
    /// What a player or a recorder may do. A privilege's own lifetime of 0 leaves it to the token's.
    enum Privilege: UInt16, CaseIterable {
        case joinChannel = 1
        case publishAudio = 2
        case publishVideo = 3
        case publishData = 4
    }

    private static let version = "007"
    private static let rtcService: UInt16 = 1

    let appID: String
    let channel: String
    let user: TokenUser
    /// Unix seconds.
    let issued: UInt32
    /// Seconds from `issued`.
    let lifetime: UInt32
    /// Makes tokens differ that are made in the same second. 1...99,999,999 in Agora's own builders.
    let salt: UInt32
    /// Privilege and its lifetime in seconds from `issued`; ascending.
    var privileges: [(privilege: Privilege, lifetime: UInt32)] = Privilege.allCases.map { ($0, 0) }

    func text(certificate: Secret) -> String {
        let content = content
        var packed = PackedBytes()
        packed.append(signature(of: content, certificate))
        packed.append(content, counted: false)
        return Self.version + Data(StoredZlib.stream(packed.bytes)).base64EncodedString()
    }

    /// What is signed.
    private var content: [UInt8] {
        var packed = PackedBytes()
        packed.append(Array(appID.utf8))
        packed.append(issued)
        packed.append(lifetime)
        packed.append(salt)
        packed.append(UInt16(1))  // services
        packed.append(Self.rtcService)
        packed.append(UInt16(privileges.count))
        for (privilege, lifetime) in privileges {
            packed.append(privilege.rawValue)
            packed.append(lifetime)
        }
        packed.append(Array(channel.utf8))
        packed.append(user == .uid(0) ? [] : Array(user.value.utf8))
        return packed.bytes
    }

    /// The key is made of the certificate, the issue time and the salt, so that each token has one of its own.
    private func signature(of content: [UInt8], _ certificate: Secret) -> [UInt8] {
        let dated = Self.mac(Array(certificate.reveal().utf8), key: PackedBytes(issued).bytes)
        let key = Self.mac(dated, key: PackedBytes(salt).bytes)
        return Self.mac(content, key: key)
    }

    private static func mac(_ bytes: [UInt8], key: [UInt8]) -> [UInt8] {
        Array(HMAC<SHA256>.authenticationCode(for: bytes, using: SymmetricKey(data: key)))
    }
}

/// Numbers and texts in the order in which a token holds them.
struct PackedBytes {
    private(set) var bytes: [UInt8] = []

    init() {}
    init(_ number: UInt32) { append(number) }

    mutating func append(_ number: some FixedWidthInteger & UnsignedInteger) {
        withUnsafeBytes(of: number.littleEndian) { bytes += $0 }
    }

    /// - Parameter counted: With the number of bytes in front; at most 65,535.
    mutating func append(_ text: [UInt8], counted: Bool = true) {
        if counted { append(UInt16(text.count)) }
        bytes += text
    }
}
