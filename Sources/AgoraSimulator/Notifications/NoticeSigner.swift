import Crypto

/// The two signatures of a notification: HMACs of the raw bytes, as lower-case hexadecimal text.
/// - SeeAlso: Agora, Notifications, signature verification.
struct NoticeSigner: Sendable {
    private let key: SymmetricKey

    init(secret: String) { key = SymmetricKey(data: Array(secret.utf8)) }

    func headers(for body: [UInt8]) -> [(name: String, value: String)] {
        [
            ("Content-Type", "application/json"),
            ("Agora-Signature", Self.hex(HMAC<Insecure.SHA1>.authenticationCode(for: body, using: key))),
            ("Agora-Signature-V2", Self.hex(HMAC<SHA256>.authenticationCode(for: body, using: key))),
        ]
    }

    private static func hex(_ digest: some Sequence<UInt8>) -> String {
        let digits = Array("0123456789abcdef".utf8)
        return String(decoding: digest.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }, as: UTF8.self)
    }
}
