/// Messages of neighbour products that may reach the same queue, told apart so that the reason names them.
///
/// - SeeAlso: Alibaba Cloud, Intelligent Media Services, event notifications; ApsaraVideo Live, recording callbacks.
enum NeighbourEnvelope {
    /// The reason why an object with an `EventType` is an event of Intelligent Media Services; nil if it is none.
    ///
    /// That product shares the channel and some type names, but wraps everything in `MessageBody`, an object or the text of one. An
    /// object with a subject id of its own stays a VOD event, whatever else it holds.
    /// - Parameter subjectKey: The subject's field if the type is one of the catalogue.
    static func intelligentMedia(_ object: JSONNode, subjectKey: String?) -> String? {
        guard let body = object.field("MessageBody"), (body.text.flatMap { JSONDocument.within($0) } ?? body).kind == .object else {
            return nil
        }
        if let subjectKey, object.isPresent(subjectKey) { return nil }
        return "an Intelligent Media Services event (its content is in `MessageBody`), not an event of the catalogue"
    }

    /// What is known of a name that is in no catalogue.
    static func describe(_ type: EventType) -> String {
        switch type.name {
        case "RegisterMediaComplete", "RegisterStreamComplete", "StreamUploadComplete", "UploadStreamByURLComplete",
            "TranscodeParentComplete", "MediaConvertComplete", "MediaConvertOutputComplete", "MediaConvertOutputGroupComplete",
            "AIProduceComplete", "MediaAiAnalysisComplete", "BatchProduceMediaComplete", "LiveRecordFileCreated", "LiveRecordTaskStatus",
            "LiveSnapshotFileCreated":
            "`\(type.name)` is an event of Intelligent Media Services, not one of the catalogue"
        case "AIVideoCensorComplete": "`AIVideoCensorComplete` is the predecessor of `AIMediaAuditComplete`, in another form"
        case "AIComplete", "ALL": "`\(type.name)` is the name of a subscription to several events, not of an event"
        default: "`\(type.printable)` is no event type that this version knows"
        }
    }

    /// What an object without `EventType` seems to be.
    static func describeUntyped(_ object: JSONNode) -> String {
        if ["domain", "app", "stream"].allSatisfy(object.isPresent) {
            return "no `EventType`: an ApsaraVideo Live callback (`domain`, `app`, `stream`), not an event of the catalogue"
        }
        if object.isPresent("action"), object.isPresent("app"), object.isPresent("id") {
            return "no `EventType`: an ApsaraVideo Live ingest callback (`action`, `app`, `id`), not an event of the catalogue"
        }
        if object.isPresent("noticeId") || object.isPresent("notificationId")
            || object.isPresent("productId") && object.isPresent("payload")
        {
            return "an Agora notification whose `productId` or `eventType` is no whole number"
        }
        return "no `EventType`, and no other envelope that is known"
    }
}

extension JSONNode {
    /// There, and not null.
    fileprivate func isPresent(_ name: String) -> Bool { field(name).map { $0.kind != .null } ?? false }
}
