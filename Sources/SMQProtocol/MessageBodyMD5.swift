import Crypto

/// The digest that the service gives back for a body: upper-case hex MD5 of the body text as transmitted, in UTF-8.
///
/// `hello` -> `5D41402ABC4B2A76B9719D911017C592`. With user properties the service's value is another one, so a mismatch is
/// never a reason to reject a message.
package enum MessageBodyMD5 {
    /// Whether a received body is what was sent, as far as its digest says: true where it has none, or properties are part of it.
    package static func fits(_ message: ReceivedMessage) -> Bool {
        guard !message.bodyMD5.isEmpty, message.userProperties.isEmpty else { return true }
        let digest = text(of: message.body)
        return message.bodyMD5 == digest || message.bodyMD5.uppercased() == digest
    }

    package static func text(of body: [UInt8]) -> String {
        var digest = Insecure.MD5()
        body.withUnsafeBytes { digest.update(bufferPointer: $0) }
        return digest.finalize().withUnsafeBytes { Base16.text(of: $0, digits: Base16.upper) }
    }
}
