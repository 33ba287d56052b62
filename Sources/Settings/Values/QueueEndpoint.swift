/// Where an SMQ server listens: scheme, host, port, nothing else.
package struct QueueEndpoint: Sendable, Equatable, CustomStringConvertible {
    /// `http://127.0.0.1:9324`: scheme, host and, if named, port; no slash at the end. Request paths begin behind it.
    package let url: String
    /// `http` or `https`.
    package let scheme: String
    /// Lower case; an IPv6 address without its brackets.
    package let host: String
    /// As written, or the scheme's own port.
    package let port: Int

    package var description: String { url }

    /// The local server's address: `mediaworker serve` without options.
    package static let local = QueueEndpoint(scheme: "http", host: "127.0.0.1", explicitPort: 9324)

    init(parsing text: String) throws(BrokenRule) {
        let address = try WebAddress(text)
        guard address.isBare else { throw BrokenRule("must end after host and port: no path, no query") }
        self.init(scheme: address.scheme, host: address.host, explicitPort: address.port)
    }

    private init(scheme: String, host: String, explicitPort: Int?) {
        self.scheme = scheme
        self.host = host
        port = explicitPort ?? (scheme == "https" ? 443 : 80)
        let name = host.contains(":") ? "[\(host)]" : host
        url = "\(scheme)://\(name)" + (explicitPort.map { ":\($0)" } ?? "")
    }

    /// True if only this machine can answer there: `localhost`, `127.0.0.0/8`, `::1`.
    package var isLoopback: Bool { Self.isLoopback(host) }

    package static func isLoopback(_ host: String) -> Bool {
        if host == "localhost" || host == "::1" { return true }
        let parts = host.split(separator: ".", omittingEmptySubsequences: false)
        return parts.count == 4 && parts[0] == "127" && parts.allSatisfy { UInt8($0) != nil }
    }

    /// The region in a host of the cloud: `{account}.mns.{region}.aliyuncs.com`, with `-internal` and `-internal-vpc` cut off,
    /// or `{region}.mns.aliyuncs.com`. Nil for any other host.
    package var region: String? {
        let parts = host.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
        guard parts.suffix(2) == ["aliyuncs", "com"], parts.count >= 4, parts[1] == "mns" else { return nil }
        var region = parts.count == 5 ? parts[2] : parts[0]
        guard parts.count <= 5 else { return nil }
        for suffix in ["-internal-vpc", "-internal"] where region.hasSuffix(suffix) { region.removeLast(suffix.count) }
        return region.isEmpty ? nil : region
    }
}
