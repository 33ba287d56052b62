/// What is wrong in a script, and where: `steps[3].reason must be ...`.
package struct ScriptMistake: Error, Equatable, CustomStringConvertible {
    package let path: String
    package let rule: String

    package var description: String { path.isEmpty ? "the script \(rule)" : "\(path) \(rule)" }
}
