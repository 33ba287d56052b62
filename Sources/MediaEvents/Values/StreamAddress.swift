/// Addresses of streams as they may be shown: the key that lets anybody publish or watch is hidden.
package enum StreamAddress {
    /// Scheme, host and the first part of the path stay, which at most CDNs is the application: `rtmp://cdn.example.com/live/<hidden>`.
    package static func masked(_ address: String) -> String {
        guard let scheme = address.firstRange(of: "://") else { return "<hidden>" }
        let authority = address[scheme.upperBound...].prefix { !"/?#".contains($0) }
        // A name and a password may stand in front of the host.
        let host = authority.split(separator: "@", omittingEmptySubsequences: false).last ?? authority
        let shown = address[..<scheme.upperBound] + (host.count == authority.count ? "" : "<hidden>@") + host
        let rest = address[authority.endIndex...]
        guard !rest.isEmpty, rest != "/" else { return String(shown + rest) }
        let application = rest.dropFirst().prefix { !"/?#".contains($0) }
        let key = rest[application.endIndex...]
        return rest.first == "/" && key.first == "/" ? "\(shown)/\(application)/<hidden>" : "\(shown)/<hidden>"
    }
}
