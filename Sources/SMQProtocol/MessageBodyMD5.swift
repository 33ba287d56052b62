import Crypto

/// The digest that the service gives back for a body: upper-case hex MD5 of the body text as transmitted, in UTF-8.
///
/// `hello` -> `5D41402ABC4B2A76B9719D911017C592`. With user properties the service's value is another one, so a mismatch is
/// never a reason to reject a message.
package enum MessageBodyMD5 {
    package static func text(of body: [UInt8]) -> String {
        var digest = Insecure.MD5()
        body.withUnsafeBytes { digest.update(bufferPointer: $0) }
        return digest.finalize().withUnsafeBytes { Base16.text(of: $0, digits: Base16.upper) }
    }
}
