/// Which plugins are on, and the way to their settings: section `[handlers]` and `[handlers.NAME]`.
package struct HandlersSection: Sendable {
    /// Names in the order of the key `enabled`.
    package let enabled: [String]

    private let section: ConfSection

    /// - Parameter known: The names of all plugins; others in `enabled` are refused. Nil takes any name and any setting, for commands
    ///   that run no handlers.
    init(_ reader: ConfReader, known: [String]?) {
        section = reader.section("handlers")
        enabled = section.list("enabled", default: ["event-archive"])
        guard let known else {
            section.acceptUnread()
            return
        }
        for name in enabled where !known.contains(name) {
            let near = Suggestion.nearest(to: name, among: known).map { "; did you mean \($0)?" } ?? "."
            refuse(name, "is no plugin\(near) Plugins: \(known.sorted().joined(separator: ", "))")
        }
        // Every plugin reads its section, on or off: what nobody asks for is a mistake.
        for name in known { _ = self.section(named: name) }
    }

    /// `[handlers.NAME]`, for the plugin to read its own keys. Its variables are `HANDLERS_NAME_KEY`.
    package func section(named name: String) -> ConfSection { section.reader.section("handlers", name) }

    /// Writes down that an enabled name cannot be used.
    ///
    /// - Parameter rule: Read after the name: `is no plugin`.
    package func refuse(_ name: String, _ rule: String) { section.refuse("enabled", "\(ShownText.plain(name)) \(rule)") }
}
