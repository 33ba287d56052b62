import Foundation

/// An absolute `http` or `https` address, taken apart. Names and passwords inside it are refused: they would show up in logs.
struct WebAddress {
    let text: String
    let scheme: String
    /// Lower case; an IPv6 address without its brackets.
    let host: String
    /// Nil when the text names none.
    let port: Int?
    /// True if there is nothing after host and port, or only one `/`.
    let isBare: Bool

    /// - Throws: `BrokenRule` that says what is wrong and never repeats the text.
    init(_ text: String) throws(BrokenRule) {
        guard text.allSatisfy({ $0.isASCII && !$0.isWhitespace }), let parts = URLComponents(string: text) else {
            throw BrokenRule("must be an address such as http://127.0.0.1:9324")
        }
        guard let scheme = parts.scheme?.lowercased(), scheme == "http" || scheme == "https" else {
            throw BrokenRule("must begin with http:// or https://")
        }
        guard parts.user == nil, parts.password == nil else {
            throw BrokenRule("must not carry a name or a password: there are keys of their own for that")
        }
        guard let host = parts.host, !host.isEmpty else { throw BrokenRule("must name a host") }
        if let port = parts.port, !(1...65535).contains(port) { throw BrokenRule("must have a port 1...65535") }
        self.text = text
        self.scheme = scheme
        self.host = host.lowercased().trimmingCharacters(in: ["[", "]"])
        self.port = parts.port
        isBare = (parts.path.isEmpty || parts.path == "/") && parts.query == nil && parts.fragment == nil
    }

    /// The address with everything cut off that may be a secret: what is before an `@`, and the query.
    static func shown(_ text: String) -> String {
        guard let start = text.range(of: "://")?.upperBound else { return text }
        var rest = text[start...]
        var shown = String(text[..<start])
        let authority = rest.prefix { $0 != "/" && $0 != "?" && $0 != "#" }
        if let at = authority.lastIndex(of: "@") {
            shown += "\(Secret.mask)@"
            rest = rest[rest.index(after: at)...]
        }
        guard let mark = rest.firstIndex(of: "?") else { return shown + rest }
        return shown + rest[..<mark] + "?\(Secret.mask)"
    }
}
