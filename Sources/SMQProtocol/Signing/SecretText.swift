/// A text that must not be shown: printing it, or anything that holds it, shows stars.
package struct SecretText: Sendable, Equatable, CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    /// The text itself, for signing and sending only.
    package let revealed: String

    package init(_ text: String) { revealed = text }

    package var description: String { "***" }
    package var debugDescription: String { "***" }
    package var customMirror: Mirror { Mirror(self, children: [:]) }
}
