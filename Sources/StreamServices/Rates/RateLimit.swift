/// How many calls of one kind a project may make.
/// - SeeAlso: Agora, Media Push, Media Pull and Cloud Recording, best practices, QPS limits.
package struct RateLimit: Sendable, Hashable {
    /// What is counted: one bucket for each name.
    package let name: String
    package let perSecond: Int
    package var perMinute: Int?

    package static let mediaPushCreate = RateLimit(name: "media-push.create", perSecond: 50)
    package static let mediaPushDelete = RateLimit(name: "media-push.delete", perSecond: 50)
    package static let mediaPushGet = RateLimit(name: "media-push.get", perSecond: 50)
    /// Not published; counted like the other service's List with a filter.
    package static let mediaPushList = RateLimit(name: "media-push.list", perSecond: 2)
    /// 50 by the best practices and 2 by the reference: the lower one, for each converter.
    package static func mediaPushUpdate(_ id: String) -> RateLimit { RateLimit(name: "media-push.update.\(id)", perSecond: 2) }

    package static let mediaPullCreateNamed = RateLimit(name: "media-pull.create-named", perSecond: 2)
    package static let mediaPullCreate = RateLimit(name: "media-pull.create", perSecond: 50)
    package static let mediaPullDelete = RateLimit(name: "media-pull.delete", perSecond: 100)
    package static let mediaPullListFiltered = RateLimit(name: "media-pull.list-filtered", perSecond: 2, perMinute: 15)
    package static let mediaPullList = RateLimit(name: "media-pull.list", perSecond: 10, perMinute: 20)
    /// Not published; counted like that of Media Push.
    package static func mediaPullUpdate(_ id: String) -> RateLimit { RateLimit(name: "media-pull.update.\(id)", perSecond: 2) }

    /// All calls of Cloud Recording together.
    package static let cloudRecording = RateLimit(name: "cloud-recording", perSecond: 10)

    /// Those of a whole project.
    package static let published: [RateLimit] = [
        mediaPushCreate, mediaPushDelete, mediaPushGet, mediaPushList, mediaPullCreateNamed, mediaPullCreate, mediaPullDelete,
        mediaPullListFiltered, mediaPullList, cloudRecording,
    ]
}
