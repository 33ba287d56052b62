/// How often calls may be made.
/// - SeeAlso: Agora, Media Push, Media Pull and Cloud Recording, best practices, QPS limits.
package struct RateTable: Sendable, Equatable {
    package struct Limit: Sendable, Equatable {
        var perSecond: Int?
        var perMinute: Int?
    }

    /// By the name of what is counted. What is not published (`media-push.list`, `media-pull.update`) has no limit.
    var limits: [String: Limit] = [
        "media-push.create": Limit(perSecond: 50), "media-push.delete": Limit(perSecond: 50), "media-push.get": Limit(perSecond: 50),
        // 50 by the best practices, 2 by the reference: the stricter one, for each converter.
        "media-push.update": Limit(perSecond: 2), "media-push.list": Limit(),
        // "Each player with a different name" may mean that each name is counted; the stricter reading counts them together.
        "media-pull.create-named": Limit(perSecond: 2), "media-pull.create-unnamed": Limit(perSecond: 50),
        "media-pull.delete": Limit(perSecond: 100), "media-pull.update": Limit(),
        "media-pull.list-filtered": Limit(perSecond: 2, perMinute: 15), "media-pull.list": Limit(perSecond: 10, perMinute: 20),
        "cloud-recording": Limit(perSecond: 10),
    ]
    /// Seconds by which each window is shorter than its name says. Calls made at the right times may arrive closer together, by as much as
    /// their ways differ in length; with a fast clock that is much.
    var slack = 0.0

    package init() {}

    /// What a call counts as, and which counter it is of: Updates are counted by task.
    static func subject(of route: Route, isNamed: Bool, isFiltered: Bool) -> (name: String, counter: String) {
        switch (route.service, route.operation) {
        case (.cloudRecording, _): ("cloud-recording", "cloud-recording")
        case (let service, .update): ("\(service.rawValue).update", "\(service.rawValue).update.\(route.id?.lowercased() ?? "")")
        case (.mediaPull, .create): same("media-pull.create-\(isNamed ? "named" : "unnamed")")
        case (.mediaPull, .list): same(isFiltered ? "media-pull.list-filtered" : "media-pull.list")
        case (let service, let operation): same("\(service.rawValue).\(operation.rawValue)")
        }
    }

    private static func same(_ name: String) -> (name: String, counter: String) { (name, name) }
}
