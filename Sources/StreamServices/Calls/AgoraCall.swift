/// One call of a REST API, checked and ready to be sent: everything but the host, the credentials and the ids for tracing.
package struct AgoraCall: Sendable {
    /// What may be done when no answer came, or one that leaves the outcome open.
    package enum Repeating: String, Sendable {
        /// As often as one likes: the call changes nothing, or a second one finds its work done.
        case harmless
        /// A second one may make a second task, or end one that is new: look first.
        case looksFirst
    }

    package let service: StreamService
    /// As the vendor calls it: `Create`, `acquire`.
    package let operation: String
    package let method: String
    /// Begins with `/`, ready percent-encoded.
    package let path: String
    /// In their order; encoded when they are sent.
    package var query: [(name: String, value: String)] = []
    package var body: [UInt8]?
    package let repeating: Repeating
    /// The limits that it counts against.
    package let rates: [RateLimit]

    /// Path and query.
    package var target: String {
        guard !query.isEmpty else { return path }
        return path + "?" + query.map { "\($0.name)=\(PercentText.encoded($0.value))" }.joined(separator: "&")
    }
}

/// Text as one part of a path, or one value of a query.
enum PercentText {
    private static let digits = Array("0123456789ABCDEF")

    /// Everything but RFC 3986's unreserved characters as `%XX`.
    static func encoded(_ text: String) -> String {
        var result = ""
        for byte in text.utf8 {
            switch byte {
            case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"), UInt8(ascii: "~"):
                result.unicodeScalars.append(Unicode.Scalar(byte))
            default: result += ["%", digits[Int(byte >> 4)], digits[Int(byte & 15)]]
            }
        }
        return result
    }
}
