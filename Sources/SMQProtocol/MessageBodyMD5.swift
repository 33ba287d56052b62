import Crypto

/// The digest that the service gives back for a body: upper-case hex MD5 of the body text as transmitted, in UTF-8.
///
/// `hello` -> `5D41402ABC4B2A76B9719D911017C592`. With user properties the service's value is another one, so a mismatch is
/// never a reason to reject a message.
package enum MessageBodyMD5 {
    /// Whether a received body is what was sent, as far as its digest says: true where it has none, or properties are part of it.
    package static func fits(_ message: ReceivedMessage) -> Bool {
        guard !message.bodyMD5.isEmpty, message.userProperties.isEmpty else { return true }
        var text = message.bodyMD5
        return text.withUTF8 { text in
            digest(of: message.body).withUnsafeBytes { digest in
                text.count == digest.count * 2
                    && digest.indices.allSatisfy { Base16.isByte(digest[$0], text[2 * $0], text[2 * $0 + 1]) }
            }
        }
    }

    package static func text(of body: [UInt8]) -> String {
        digest(of: body).withUnsafeBytes { Base16.text(of: $0, digits: Base16.upper) }
    }

    private static func digest(of body: [UInt8]) -> Insecure.MD5Digest {
        var digest = Insecure.MD5()
        body.withUnsafeBytes { digest.update(bufferPointer: $0) }
        return digest.finalize()
    }
}
