package import Settings

/// In which order one call tries Agora's hosts when no answer comes. A value: who has the time and the sockets is outside.
///
/// | try | host | before it | when |
/// | --- | --- | --- | --- |
/// | 1 | the primary | - | always |
/// | 2 | the primary | 1 s | always |
/// | 3 | the alternate domain | 3 s | try 2 could not find the host's address |
/// | 3 | the adjacent region | 3 s | try 2 failed otherwise |
/// | 4 | the adjacent region | 6 s | the domain that try 3 did not ask |
///
/// A host that was chosen for another one's failure is asked first for a while: its own failure begins the order from the top. An answer
/// of any status means that the host works, and ends the order.
/// - SeeAlso: Agora, Media Push, Media Pull and Cloud Recording, best practices, switch domain name.
package struct HostRoute: Sendable {
    package enum Failure: Sendable {
        /// The name has no address.
        case name
        /// The host could not be reached, or did not answer.
        case network
    }

    package struct Try: Sendable, Equatable {
        package let host: AgoraHost
        /// Before it.
        package let wait: Duration
    }

    private let domain: AgoraHost.Domain
    private let adjacent: AgoraHost.Region?
    /// How the tries of the order failed, one after the other.
    private var failures: [Failure] = []
    private var remembered: AgoraHost?

    /// - Parameters:
    ///   - region: Where this program runs; nil, or a service without region hosts, never asks a region's host.
    ///   - remembered: The host that worked last, if that was not the primary.
    package init(_ place: AgoraPlace, region: AgoraHost.Region?, remembered: AgoraHost? = nil) {
        domain = place.domain
        adjacent = region?.adjacent
        self.remembered = remembered
    }

    package var primary: AgoraHost { AgoraHost(domain) }

    /// The host to ask first.
    package var first: AgoraHost { remembered ?? primary }

    /// The host to ask after this one failed; nil when there is no other.
    package mutating func next(after failure: Failure) -> Try? {
        if remembered != nil {
            remembered = nil
            return Try(host: primary, wait: .seconds(1))
        }
        failures.append(failure)
        switch failures.count {
        case 1: return Try(host: primary, wait: .seconds(1))
        case 2 where failure == .name: return Try(host: AgoraHost(domain.other), wait: .seconds(3))
        case 2: return adjacent.map { Try(host: AgoraHost(domain, in: $0), wait: .seconds(3)) }
        // Try 3 was the region's host under the own domain, or another domain's global one.
        case 3: return adjacent.map { Try(host: AgoraHost(failures[1] == .network ? domain.other : domain, in: $0), wait: .seconds(6)) }
        default: return nil
        }
    }
}
