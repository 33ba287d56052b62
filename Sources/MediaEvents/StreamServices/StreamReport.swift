/// What one kind of event of ours says in `fields`. A conforming struct is an event type: `StreamNotice` puts the envelope around it.
public protocol StreamReport: VendorObject {
    /// `stream-services.` and what happened.
    static var type: EventType { get }

    /// The subject's field as a path within `fields`.
    static var subjectKey: String { get }

    /// When it is raised, in one short line.
    static var summary: String { get }

    /// A valid `fields` as JSON text: invented values, all fields.
    static var sample: String { get }

    /// What it is about: the name of the wanted task, or the service.
    var subject: String? { get }
}
