/// Values as messages show them: one line, no control characters, not endless.
enum ShownText {
    private static let limit = 80

    /// Environment values: as they are, without quotes.
    static func plain(_ text: String) -> String { oneLine(text, limit: limit) }

    /// Another program's sentence: longer than a value may be.
    static func sentence(_ text: String) -> String { oneLine(text, limit: 400) }

    private static func oneLine(_ text: String, limit: Int) -> String {
        var shown = ""
        for scalar in text.unicodeScalars {
            guard shown.unicodeScalars.count < limit else { return shown + "..." }
            switch scalar {
            case "\n": shown += "\\n"
            case "\r": shown += "\\r"
            case "\t": shown += "\\t"
            default:
                let isControl = scalar.properties.generalCategory == .control
                if isControl { shown += "\\u{\(String(scalar.value, radix: 16))}" } else { shown.unicodeScalars.append(scalar) }
            }
        }
        return shown
    }

    /// Text of the file: in quotes, as TOML writes it.
    static func quoted(_ text: String) -> String { "\"\(plain(text))\"" }
}
