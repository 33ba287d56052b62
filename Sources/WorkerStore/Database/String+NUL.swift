extension String {
    /// Without U+0000, at which SQLite would end a text.
    var withoutNUL: String { utf8.contains(0) ? replacing("\0", with: "\u{FFFD}") : self }
}
