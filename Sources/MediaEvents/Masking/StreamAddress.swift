/// Addresses of streams as they may be shown: the key that lets anybody publish or watch is hidden.
package enum StreamAddress {
    /// In the place of what is hidden.
    package static let mask = "<hidden>"

    /// Scheme, host and the first part of the path stay, which at most CDNs is the application: `rtmp://cdn.example.com/live/<hidden>`.
    package static func masked(_ address: String) -> String {
        guard let scheme = address.firstRange(of: "://") else { return mask }
        let authority = address[scheme.upperBound...].prefix { !"/?#".contains($0) }
        // A name and a password may stand in front of the host.
        let host = authority.split(separator: "@", omittingEmptySubsequences: false).last ?? authority
        let shown = address[..<scheme.upperBound] + (host.count == authority.count ? "" : "\(mask)@") + host
        let rest = address[authority.endIndex...]
        guard !rest.isEmpty, rest != "/" else { return String(shown + rest) }
        let application = rest.dropFirst().prefix { !"/?#".contains($0) }
        let key = rest[application.endIndex...]
        return rest.first == "/" && key.first == "/" ? "\(shown)/\(application)/\(mask)" : "\(shown)/\(mask)"
    }

    /// A sentence, with the addresses in it masked. An address ends at a blank, a quotation mark or a backslash.
    /// - Parameter schemes: Of the addresses that are meant.
    package static func masked(in text: String, schemes: Set<String> = ["rtmp", "rtmps"]) -> String {
        var (result, rest) = ("", text[...])
        while let mark = rest.firstRange(of: "://") {
            let scheme = rest[..<mark.lowerBound].reversed().prefix { $0.isASCII && ($0.isLetter || $0.isNumber) }.reversed()
            guard schemes.contains(String(scheme).lowercased()) else {
                result += rest[..<mark.upperBound]
                rest = rest[mark.upperBound...]
                continue
            }
            let start = rest.index(mark.lowerBound, offsetBy: -scheme.count)
            let end = rest[mark.upperBound...].firstIndex { $0.isWhitespace || "\"'`\\".contains($0) } ?? rest.endIndex
            result += rest[..<start] + masked(String(rest[start..<end]))
            rest = rest[end...]
        }
        return result + rest
    }
}
