package import MediaEvents

/// What a notification of Cloud Recording says to a wanted recording: read from its body, those that no catalogue has included.
/// - SeeAlso: Agora, Cloud Recording, callbacks.
package struct RecordingNews: Sendable, Equatable {
    package let sid: String
    /// The channel.
    package let cname: String?
    /// Of the recorder: the one of the start, or after a failover another one.
    package let uid: String?
    /// Unix milliseconds by the service's clock; nil if it does not say.
    package let order: Int64?
    package let event: RecordingTask.Event

    private struct Body: VendorObject {
        var eventType: Int64?
        var payload: Payload?

        enum CodingKeys: String, CodingKey { case eventType, payload }

        init(_ fields: Fields<CodingKeys>) throws(UndecodableBody) {
            eventType = fields.long(.eventType)
            payload = fields.object(.payload, of: Payload.self)
        }
    }

    private struct Payload: VendorObject {
        var sid: String
        var cname: String?
        var uid: String?
        var sendts: Int64?
        var details: Details?

        enum CodingKeys: String, CodingKey { case sid, cname, uid, sendts, details }

        init(_ fields: Fields<CodingKeys>) throws(UndecodableBody) {
            sid = try fields.subject(.sid)
            cname = fields.text(.cname)
            uid = fields.text(.uid)
            sendts = fields.long(.sendts)
            details = fields.object(.details, of: Details.self)
        }
    }

    private struct Details: VendorObject {
        var errorLevel: Int64?
        var exitStatus: Int64?
        var newUID: Int64?
        var leaveCode: Int64?

        enum CodingKeys: String, CodingKey {
            case errorLevel, exitStatus, leaveCode
            case newUID = "newUid"
        }

        init(_ fields: Fields<CodingKeys>) {
            errorLevel = fields.long(.errorLevel)
            exitStatus = fields.long(.exitStatus)
            newUID = fields.long(.newUID)
            leaveCode = fields.long(.leaveCode)
        }
    }

    /// - Throws: `UndecodableBody` for what is no notification about a recording.
    package init(_ body: [UInt8]) throws(UndecodableBody) {
        let read: Body = try VendorReply.read(body)
        guard let payload = read.payload else { throw UndecodableBody(reason: "`payload` names no recording") }
        (sid, cname, uid, order) = (payload.sid, payload.cname, payload.uid, payload.sendts)
        event = Self.event(read.eventType, payload.details)
    }

    private static func event(_ number: Int64?, _ details: Details?) -> RecordingTask.Event {
        switch number {
        case 1: details?.errorLevel == 5 ? .fatal : .other
        case 11: .exited(isNormal: details?.exitStatus == 0)
        case 12: .failedOver(newUID: details?.newUID.map { "\($0)" })
        case 13: .registered
        case 31, 32: .uploaded
        case 41:
            .left(isNormal: !RecorderLeft.LeaveCode(rawValue: details?.leaveCode ?? 0).isDisjoint(with: [.noUsers, .clientLeft]))
        default: .other
        }
    }
}
