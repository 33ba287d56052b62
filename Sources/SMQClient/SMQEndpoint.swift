/// Where the queue service listens: `http://127.0.0.1:9324`, `https://{accountId}.mns.{region}.aliyuncs.com`.
package struct SMQEndpoint: Sendable, Hashable, CustomStringConvertible {
    /// What is wrong with a text, and what to write instead.
    package struct Problem: Error, Sendable, Equatable, CustomStringConvertible {
        package let description: String
    }

    /// Scheme, host and, if named, port; no slash at the end. Request targets begin behind it.
    package let url: String

    package var description: String { url }

    /// - Parameter text: `http://` or `https://`, host, optional port; one slash at the end is taken off.
    package init(parsing text: String) throws(Problem) {
        func problem(_ what: String) -> Problem {
            Problem(description: "the endpoint \(what); write scheme, host and port only, such as http://127.0.0.1:9324")
        }
        let lowered = text.lowercased()
        guard let scheme = ["http://", "https://"].first(where: lowered.hasPrefix) else {
            throw problem("must begin with http:// or https://")
        }
        var authority = text.dropFirst(scheme.count)
        if authority.hasSuffix("/") { authority.removeLast() }
        guard authority.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F }) else { throw problem("holds a blank or a character outside of ASCII") }
        if authority.contains("@") { throw problem("must not hold a user name or password") }
        if authority.contains(where: { "/?#".contains($0) }) { throw problem("must not have a path, query or fragment") }
        let (host, port) = Self.split(authority)
        let isNamed =
            host.hasPrefix("[") ? host.hasSuffix("]") && host.count > 3 : !host.isEmpty && !host.contains(":") && !host.contains("]")
        guard isNamed else { throw problem("has no valid host") }
        if let port {
            guard let number = UInt16(port), number > 0, port.allSatisfy(\.isNumber) else {
                throw problem("has a port that is not 1 to 65535")
            }
        }
        url = scheme + authority
    }

    /// The colons of an IPv6 address stand within brackets.
    private static func split(_ authority: Substring) -> (host: Substring, port: Substring?) {
        guard let colon = authority.lastIndex(of: ":"), !authority[colon...].contains("]") else { return (authority, nil) }
        return (authority[..<colon], authority[authority.index(after: colon)...])
    }
}
