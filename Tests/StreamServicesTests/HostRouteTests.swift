import Settings
import Testing

@testable import StreamServices

@Suite("Which host is asked") struct HostRouteTests {
    struct Row: Sendable, CustomTestStringConvertible {
        let name: String
        var place = AgoraPlace.elsewhere
        var region: AgoraHost.Region? = .euCentral
        var remembered: AgoraHost?
        let failures: [HostRoute.Failure]
        let tries: [String]
        var testDescription: String { name }
    }

    static let rows = [
        Row(
            name: "names cannot be found: primary, primary, alternate domain, adjacent region", failures: [.name, .name, .name, .name],
            tries: ["api.agora.io 0", "api.agora.io 1", "api.sd-rtn.com 3", "api-eu-west-1.agora.io 6"]),
        Row(
            name: "the network fails: the alternate domain is skipped", failures: [.network, .network, .network, .network],
            tries: ["api.agora.io 0", "api.agora.io 1", "api-eu-west-1.agora.io 3", "api-eu-west-1.sd-rtn.com 6"]),
        Row(
            name: "what counts is the failure of the second try", failures: [.network, .name, .network, .name],
            tries: ["api.agora.io 0", "api.agora.io 1", "api.sd-rtn.com 3", "api-eu-west-1.agora.io 6"]),
        Row(
            name: "a name that is found again, but not reached", failures: [.name, .network, .name, .network],
            tries: ["api.agora.io 0", "api.agora.io 1", "api-eu-west-1.agora.io 3", "api-eu-west-1.sd-rtn.com 6"]),
        Row(
            name: "from mainland China the other domain is the primary", place: .mainlandChina, region: .cnEast,
            failures: [.name, .name, .name],
            tries: ["api.sd-rtn.com 0", "api.sd-rtn.com 1", "api.agora.io 3", "api-cn-north-1.sd-rtn.com 6"]),
        Row(
            name: "without region hosts a network failure ends after the second try", region: nil, failures: [.network, .network],
            tries: ["api.agora.io 0", "api.agora.io 1"]),
        Row(
            name: "without region hosts a DNS failure ends with the alternate domain", region: nil, failures: [.name, .name, .name],
            tries: ["api.agora.io 0", "api.agora.io 1", "api.sd-rtn.com 3"]),
        Row(
            name: "a remembered host comes first, and its failure begins the order from the top",
            remembered: AgoraHost(.agora, in: .euWest), failures: [.network, .network, .network, .network, .network],
            tries: [
                "api-eu-west-1.agora.io 0", "api.agora.io 1", "api.agora.io 1", "api-eu-west-1.agora.io 3", "api-eu-west-1.sd-rtn.com 6",
            ]),
    ]

    @Test("the order of hosts and waits", arguments: rows)
    func order(row: Row) {
        var route = HostRoute(row.place, region: row.region, remembered: row.remembered)
        var tries = ["\(route.first) 0"]
        for failure in row.failures {
            guard let next = route.next(after: failure) else { break }
            tries.append("\(next.host) \(next.wait.components.seconds)")
        }
        #expect(tries == row.tries)
        if row.failures.count >= row.tries.count { #expect(route.next(after: .network) == nil) }
    }

    @Test("every region's neighbour is of its own area, and has it for neighbour", arguments: AgoraHost.Region.allCases)
    func neighbours(region: AgoraHost.Region) {
        #expect(region.adjacent != region && region.adjacent.adjacent == region)
        #expect(region.rawValue.prefix(7) == region.adjacent.rawValue.prefix(7))
    }

    @Test("a host that worked is asked first for a while, and then the primary again")
    func memory() {
        let memory = HostMemory(life: .seconds(300))
        let (start, primary, other) = (ContinuousClock.now, AgoraHost(.agora), AgoraHost(.agora, in: .euWest))
        #expect(memory.host(at: start) == nil)
        memory.worked(other, primary: primary, at: start)
        memory.worked(other, primary: primary, at: start + .seconds(200))
        #expect(memory.host(at: start + .seconds(299)) == other)
        #expect(memory.host(at: start + .seconds(300)) == nil, "its own answers do not make it longer")
        memory.worked(other, primary: primary, at: start + .seconds(300))
        memory.failed(primary)
        #expect(memory.host(at: start + .seconds(301)) == other)
        memory.failed(other)
        #expect(memory.host(at: start + .seconds(301)) == nil)
        memory.worked(other, primary: primary, at: start)
        memory.worked(primary, primary: primary, at: start)
        #expect(memory.host(at: start) == nil)
    }

    @Test("retreat waits are points of 5-6 s, 10-11 s and 15-16 s, three and no more")
    func retreat() {
        for random in [0, 0.5, 0.999] {
            let waits = (1...3).compactMap { RetreatWaits.wait(after: $0, random: random) }
            #expect(waits.map { $0.components.seconds } == [5, 10, 15])
        }
        #expect(RetreatWaits.wait(after: 1, random: 0.5) == .milliseconds(5500))
        #expect(RetreatWaits.wait(after: 0, random: 0) == nil && RetreatWaits.wait(after: 4, random: 0) == nil)
    }
}
