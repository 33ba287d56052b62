import Crypto
import Foundation
package import Settings

/// Signs requests as the Standard Webhooks specification says: `v1,` and the base64 of HMAC-SHA256 over `id.timestamp.body`.
/// - SeeAlso: https://www.standardwebhooks.com, Specification, "Signature scheme".
package struct WebhookSigner: Sendable {
    private static let prefix = "whsec_"
    private let key: SymmetricKey

    /// - Parameter secret: `whsec_` and the base64 of the key, or any other text, whose UTF-8 bytes then are the key.
    /// - Returns: Nil if base64 of at least one byte does not follow `whsec_`.
    package init?(secret: Secret) {
        let text = secret.reveal()
        guard text.hasPrefix(Self.prefix) else {
            key = SymmetricKey(data: Data(text.utf8))
            return
        }
        guard let bytes = Data(base64Encoded: String(text.dropFirst(Self.prefix.count))), !bytes.isEmpty else { return nil }
        key = SymmetricKey(data: bytes)
    }

    /// The value of `webhook-signature`.
    /// - Parameter timestamp: Unix seconds, as in `webhook-timestamp`.
    package func signature(id: String, timestamp: Int, body: [UInt8]) -> String {
        var mac = HMAC<SHA256>(key: key)
        mac.update(data: Array("\(id).\(timestamp).".utf8))
        mac.update(data: body)
        return "v1,\(Data(mac.finalize()).base64EncodedString())"
    }
}
