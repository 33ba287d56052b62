/// One queue to work on and how to reach it: `[smq]`, or `[queues.NAME]` on top of it.
package struct QueueConnection: Sendable, Equatable {
    /// Which form of signature requests carry.
    package enum Signature: String, Sendable, CaseIterable {
        case v2, v4
    }

    /// How message bodies travel.
    package enum BodyEncoding: String, Sendable, CaseIterable {
        /// A body that begins with `{` is JSON, any other must be base64 of such a text.
        case auto
        case plain, base64
    }

    /// For people, logs and metrics: NAME of `[queues.NAME]`, else the queue's own name.
    package var label: String
    package var endpoint: QueueEndpoint
    /// The queue's name on the server: at most 120 letters, digits and `-`, a letter or digit first.
    package var queue: String
    package var accessKey: AccessKey
    /// A temporary token that goes with the key pair.
    package var securityToken: Secret?
    package var signature: Signature
    /// Needed with `v4`; from `region` or the endpoint's host.
    package var region: String?
    /// A file of certificates to trust instead of the system's.
    package var caFile: String?
    package var bodyEncoding: BodyEncoding

    /// `[smq]` without any key: the queue `media-events` of the local server.
    package static let local = QueueConnection(
        label: "media-events", endpoint: .local, queue: "media-events", accessKey: .local, securityToken: nil, signature: .v2,
        region: nil, caFile: nil, bodyEncoding: .auto)
}
