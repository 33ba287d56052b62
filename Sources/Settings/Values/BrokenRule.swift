/// Why a value was refused, as the end of a sentence about the key: `must be 1...1024`.
package struct BrokenRule: Error {
    package let rule: String

    init(_ rule: String) { self.rule = rule }
}
