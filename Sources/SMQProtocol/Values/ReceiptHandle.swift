/// The current key to one delivery: opaque, good for one use, replaced by every receive and every visibility change.
package struct ReceiptHandle: Hashable, Sendable {
    /// The text as the server wrote it; may hold `=`, `+` and `/`.
    package let text: String

    package init(_ text: String) { self.text = text }
}
