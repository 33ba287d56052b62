/// A text that may be used but never shown: a key, a token, a signing secret.
///
/// Printing, interpolating, dumping and reflecting give the mask; only `reveal()` gives the text.
package struct Secret: Sendable, Equatable, CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    /// What every rendering of a secret shows.
    package static let mask = "<hidden>"

    private let text: String

    package init(_ text: String) { self.text = text }

    /// The text itself, for the one place that signs or sends it.
    package func reveal() -> String { text }

    package var description: String { Self.mask }
    package var debugDescription: String { Self.mask }
    package var customMirror: Mirror { Mirror(self, children: []) }
}
