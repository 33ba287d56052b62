/// Agora's REST services: section `[agora]` with `[agora.token]`, `[agora.hosts]`, `[agora.limits]` and `[agora.recordings]`.
package struct AgoraSection: Sendable {
    /// How many tasks may run at the same time in the project, by service.
    package struct Limits: Sendable {
        package var mediaPush = 20
        package var mediaPull = 20
        package var cloudRecording = 50
    }

    /// The services that may be asked for under the names of single regions.
    package enum RegionHosts: String, Sendable, CaseIterable {
        case mediaPush = "media-push"
        case mediaPull = "media-pull"
        case cloudRecording = "cloud-recording"
    }

    package var appID: String?
    package var customerKey: String?
    package var customerSecret: Secret?
    /// The project has an App Certificate: whoever enters a channel needs a token.
    package var hasCertificate = false
    package var token = AgoraTokenSection()
    /// Where this program runs: it decides the primary host.
    package var place = AgoraPlace.elsewhere
    /// The region next to this program; nil takes one of the place.
    package var region: AgoraHost.Region?
    package var regionHosts = RegionHosts.allCases
    /// A PEM file with the authorities to trust instead of the system's.
    package var caFile: String?
    /// Other addresses for Agora's hosts, `ADDRESS:PORT`, by the host's name: for tests and proxies.
    package var hosts: [AgoraHost: String] = [:]
    package var limits = Limits()
    /// A JSON file of wanted tasks, kept beside those of the command line.
    package var tasks: String?
    /// Looks at the addresses of streams before anything is replaced.
    package var checksAddresses = true
    /// Time for rehearsals against a simulator; nil for the real one.
    package var rehearsal: Rehearsal?

    /// Time that runs faster than it does, from a moment on.
    package struct Rehearsal: Sendable {
        package var speed: Int
        /// Unix seconds at which both times are equal.
        package var start: Int
    }

    /// Every host leads to this machine, or to a name that has no address: calls at many times their rate reach nobody else.
    package var isLocal: Bool {
        AgoraHost.all.allSatisfy { host in
            guard let address = hosts[host] else { return false }
            return ["127.", "[::1]:", "localhost:"].contains { address.hasPrefix($0) } || address.contains(".invalid:")
        }
    }
    package var recordings = AgoraRecordingsSection()

    package init() {}

    init(_ reader: ConfReader) {
        let section = reader.section("agora")
        appID = section.string("app_id")
        customerKey = section.string("customer_key")
        customerSecret = section.secret("customer_secret")
        hasCertificate = section.flag("has_certificate", default: hasCertificate)
        token = AgoraTokenSection(reader.section("agora", "token"))
        place = section.choice("place", default: place)
        if let name = section.string("region") {
            region = AgoraHost.Region(rawValue: name)
            let names = AgoraHost.Region.allCases.map(\.rawValue).joined(separator: ", ")
            if region == nil { section.refuse("region", "must be one of \(names)") }
        }
        let known = RegionHosts.allCases.map(\.rawValue)
        regionHosts = section.list("region_hosts", default: known).compactMap { name in
            let service = RegionHosts(rawValue: name)
            if service == nil { section.refuse("region_hosts", "must hold nothing but \(known.joined(separator: ", "))") }
            return service
        }
        caFile = section.string("ca_file")
        section.require((customerKey == nil) == (customerSecret == nil), "customer_key", "is of no use without", "customer_secret")
        tasks = section.string("tasks")
        checksAddresses = section.flag("check_addresses", default: checksAddresses)
        readHosts(reader.section("agora", "hosts"))
        readRehearsal(reader.section("agora", "rehearsal"))
        recordings = AgoraRecordingsSection(reader.section("agora", "recordings"))
        let limits = reader.section("agora", "limits")
        self.limits.mediaPush = limits.integer("media_push", in: 1...10_000, default: self.limits.mediaPush)
        self.limits.mediaPull = limits.integer("media_pull", in: 1...10_000, default: self.limits.mediaPull)
        self.limits.cloudRecording = limits.integer("cloud_recording", in: 1...10_000, default: self.limits.cloudRecording)
    }

    private mutating func readRehearsal(_ section: ConfSection) {
        let speed = section.integer("speed", in: 1...1000)
        let start = section.integer("start", in: 0...4_000_000_000)
        guard let speed, let start else {
            section.require((speed == nil) == (start == nil), "speed", "is of no use without", "start")
            return
        }
        rehearsal = Rehearsal(speed: speed, start: start)
    }

    private mutating func readHosts(_ section: ConfSection) {
        for host in AgoraHost.all {
            guard let address = section.string(host.description) else { continue }
            let port = address.lastIndex(of: ":").flatMap { Int(address[$0...].dropFirst()) }
            guard let port, 1...65_535 ~= port, address.first != ":", !address.contains("/") else {
                section.refuse(host.description, "must be ADDRESS:PORT, such as 127.0.0.2:9400")
                continue
            }
            hosts[host] = address
        }
    }
}
