package import Settings

/// Which hosts there are for this program, and where they are.
package struct HostDirectory: Sendable {
    /// How a host is reached.
    struct Place: Equatable {
        /// `https://api.agora.io`.
        let base: String
        /// Another address than the host's name leads to.
        let connectTo: String?
    }

    private let place: AgoraPlace
    private let region: AgoraHost.Region
    private let regionHosts: Set<String>
    private let addresses: [AgoraHost: String]

    package init(_ section: AgoraSection) {
        place = section.place
        region = section.region ?? (section.place == .mainlandChina ? .cnEast : .usWest)
        regionHosts = Set(section.regionHosts.map(\.rawValue))
        addresses = section.hosts
    }

    func route(for service: StreamService, remembered: AgoraHost?) -> HostRoute {
        let hasRegions = regionHosts.contains(service.rawValue)
        let usable = remembered.flatMap { $0.region == nil || hasRegions ? $0 : nil }
        return HostRoute(place, region: hasRegions ? region : nil, remembered: usable)
    }

    /// Always https, but to an address of this machine.
    func place(of host: AgoraHost) -> Place {
        guard let address = addresses[host] else { return Place(base: "https://\(host)", connectTo: nil) }
        let name = address.prefix { $0 != ":" }
        let isLoopback =
            name == "localhost" || name.hasPrefix("127.") && name.allSatisfy { $0.isNumber || $0 == "." }
            || address.hasPrefix("[::1]:")
        return Place(base: "\(isLoopback ? "http" : "https")://\(host)", connectTo: address)
    }
}
