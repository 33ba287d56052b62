import Foundation

/// Kubernetes sets `NAME_PORT=tcp://10.0.0.1:9325` and the like in every container, for each service of the namespace. A service
/// that is called like one of our sections so overrides a key that nobody meant to set.
enum KubernetesHint {
    /// - Returns: Nil unless the value looks like such an address.
    static func text(name: String, value: String) -> String? {
        guard ["tcp://", "udp://", "sctp://"].contains(where: value.hasPrefix) else { return nil }
        let service = (name.range(of: "_PORT").map { name[..<$0.lowerBound] } ?? name[...]).lowercased()
        let dashed = String(service.map { $0 == "_" ? "-" : $0 })
        return "this looks like a variable that Kubernetes sets for a service called \"\(dashed)\": "
            + "rename the service or set enableServiceLinks: false for the pod"
    }
}
