import Crypto
package import Settings

package import enum MediaEvents.AgoraProduct

/// Agora's signature of a notification: an HMAC of the body's exact bytes with the secret of the product.
///
/// `Agora-Signature-V2` is HMAC-SHA256, `Agora-Signature` HMAC-SHA1; the second counts only where the first is not sent.
/// - SeeAlso: Agora, Notifications, signature verification.
package struct AgoraSignature: Sendable {
    package static let header = "Agora-Signature-V2"
    package static let oldHeader = "Agora-Signature"

    private let secrets: [AgoraProduct: [[UInt8]]]

    /// - Parameter secrets: Of each product, any of which may have signed.
    package init(_ secrets: [AgoraProduct: [Secret]]) {
        self.secrets = secrets.mapValues { $0.map { Array($0.reveal().utf8) } }
    }

    /// - Parameters:
    ///   - product: Whose secrets are tried; nil tries all, for a body that does not say.
    ///   - signature, oldSignature: The values of the two headers.
    package func isGood(_ body: [UInt8], product: Int64?, signature: String?, oldSignature: String?) -> Bool {
        let keys = product.map { AgoraProduct(rawValue: $0).flatMap { secrets[$0] } ?? [] } ?? secrets.values.flatMap { $0 }
        if let signature, !signature.isEmpty {
            return keys.contains {
                HexSignature.matches(signature, HMAC<SHA256>.authenticationCode(for: body, using: SymmetricKey(data: $0)))
            }
        }
        guard let oldSignature else { return false }
        return keys.contains {
            HexSignature.matches(oldSignature, HMAC<Insecure.SHA1>.authenticationCode(for: body, using: SymmetricKey(data: $0)))
        }
    }
}
