/// One user or system property of a message.
///
/// - Note: a message with user properties carries a `MessageBodyMD5` that is not the digest of its body.
package struct MessageProperty: Sendable, Hashable {
    /// 1...256 characters of letters, digits, `_`, `-`, `.`; unique within a message, compared with case.
    package var name: String
    /// At most 4096 characters; base64 for `BINARY`.
    package var value: String
    /// `STRING`, `NUMBER`, `BOOLEAN` or `BINARY`; kept as text, since the set may grow.
    package var type: String

    package init(name: String, value: String, type: String = "STRING") {
        self.name = name
        self.value = value
        self.type = type
    }
}
