import MediaEvents

/// A recording as `acquire`, `start` and `query` answer, as far as it is acted on.
/// - SeeAlso: Agora, Cloud Recording, RESTful API.
struct RecordingStateReply: VendorObject {
    struct ServerResponse: VendorObject {
        /// 0...8 or 20; 4 and 5 mean that it runs.
        var status: Int64?

        enum CodingKeys: String, CodingKey { case status }

        init(_ fields: Fields<CodingKeys>) { status = fields.long(.status) }
    }

    var resourceID: String?
    var sid: String?
    var serverResponse: ServerResponse?

    enum CodingKeys: String, CodingKey {
        case sid, serverResponse
        case resourceID = "resourceId"
    }

    init(_ fields: Fields<CodingKeys>) {
        resourceID = fields.text(.resourceID)
        sid = fields.text(.sid)
        serverResponse = fields.object(.serverResponse, of: ServerResponse.self)
    }

    /// Nil for an answer that is no JSON object.
    init?(_ answer: AgoraAnswer) {
        do throws(UndecodableBody) { self = try VendorReply.read(answer.body) } catch { return nil }
    }
}
