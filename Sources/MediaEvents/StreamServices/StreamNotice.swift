/// One event of mediaworker itself about the streams and recordings that it keeps alive: the envelope, with the report of one kind.
///
/// `{"source":"mediaworker","type":"stream-services.role-changed","id":"...","time":1773478812041,"fields":{...}}`. It has neither the
/// `EventType` of a VOD event nor the `productId` of an Agora notification, and a body with one of those is never read as one of ours.
public struct StreamNotice<Report: StreamReport>: CatalogEvent {
    public static var type: EventType { Report.type }
    /// A path within `fields`.
    public static var subjectKey: String { Report.subjectKey }
    public static var summary: String { Report.summary }

    public let source = OwnEnvelope.source
    public let type = Report.type
    /// The same in every copy, and in no other event.
    public var id: String?
    /// Unix milliseconds of what it reports, by the clock of the host that saw it.
    public var time: Int64?
    public var report: Report

    /// What is wrong or new is told in words: nothing here ends well or badly.
    public var outcome: Outcome? { nil }
    public var subject: String? { report.subject }

    /// Equal means: a copy of the same event. To be remembered for a day.
    public var duplicateKeys: [String] { id.map { ["\(OwnEnvelope.source)/\($0)"] } ?? [] }

    public enum CodingKeys: String, CodingKey {
        case source, type, id, time
        case report = "fields"
    }

    /// An event to be sent.
    /// - Parameters:
    ///   - id: Made once for each event, and kept with it: a copy that is sent after a crash has to carry the same.
    ///   - time: Unix milliseconds.
    public init(id: String, time: Int64, _ report: Report) {
        self.id = id
        self.time = time
        self.report = report
    }

    public init(_ fields: Fields<CodingKeys>) throws(UndecodableBody) {
        id = fields.text(.id)
        time = fields.long(.time)
        report = try fields.part(.report, of: Report.self)
    }

    /// The event as the body of a message.
    /// - Throws: `EncodingError` for a value that JSON cannot hold, which no report has.
    public func body() throws -> [UInt8] { try EventPrinter.fields(of: self) }

    public static var sample: String {
        """
        {
          "source": "\(OwnEnvelope.source)",
          "type": "\(Report.type)",
          "id": "6b1f7a52-0c1e-4e53-9a57-2f8f0c9d1e11",
          "time": 1773478812041,
          "fields": \(Report.sample.split(separator: "\n", omittingEmptySubsequences: false).joined(separator: "\n  "))
        }
        """
    }
}
