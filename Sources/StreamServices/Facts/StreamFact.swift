package import MediaEvents

/// One notification about a task at Agora, written down by a handler for those who act on it later; or an answer that says the same.
package struct StreamFact: Sendable, Equatable {
    /// In the order of arrival; given by the store, 0 before.
    package let number: Int64
    package let service: StreamService
    /// The converter's, player's or recording's id; told from others without regard to case.
    package let subject: String
    /// The channel that a recording records; nil for other services.
    package let channel: String?
    /// `cloud-recording.31`.
    package let eventType: String
    /// The same in all copies of one event, also in those that a redundant path brings under another notice id.
    package let identity: String
    /// When it happened, Unix milliseconds, as the service says; the time of arrival where it says nothing.
    package let happened: Int64
    /// Unix milliseconds.
    package let received: Int64
    /// The event as it came, UTF-8.
    package let body: [UInt8]

    package init(
        number: Int64 = 0, service: StreamService, subject: String, channel: String? = nil, eventType: String, identity: String,
        happened: Int64, received: Int64,
        body: [UInt8]
    ) {
        self.number = number
        self.service = service
        self.subject = subject
        self.channel = channel
        self.eventType = eventType
        self.identity = identity
        self.happened = happened
        self.received = received
        self.body = body
    }

    /// - Returns: nil for an event that is about no task.
    package init?(_ event: any MediaEvent, body: [UInt8], received: Int64) {
        guard let notice = event as? any NoticeOfTask, let service = notice.streamService else { return nil }
        self.init(
            service: service, subject: notice.taskID, channel: notice.recordedChannel, eventType: "\(type(of: event).type)",
            identity: notice.contentKey,
            happened: notice.happened ?? received, received: received, body: body)
    }
}

extension StreamFact {
    /// An event of Cloud Recording that no catalogue has: what it says is read when it is needed.
    /// - Returns: nil for other types, and for bodies that name no recording.
    package init?(unknown type: EventType, body: [UInt8], received: Int64) {
        guard "\(type)".hasPrefix("\(AgoraProduct.cloudRecording.name).") else { return nil }
        let news: RecordingNews
        do { news = try RecordingNews(body) } catch { return nil }
        let identity = [news.sid, news.uid ?? "-", "\(news.order ?? received)"].joined(separator: "/")
        self.init(
            service: .cloudRecording, subject: news.sid, channel: news.cname, eventType: "\(type)", identity: "\(type)/\(identity)",
            happened: news.order ?? received, received: received, body: body)
    }
}

/// What all notices about tasks have in common, whatever their payload is.
private protocol NoticeOfTask {
    var streamService: StreamService? { get }
    var taskID: String { get }
    var recordedChannel: String? { get }
    var contentKey: String { get }
    var happened: Int64? { get }
}

private protocol ChannelOfRecording {
    var cname: String? { get }
}

extension RecordingPayload: ChannelOfRecording {}

extension AgoraNotice: NoticeOfTask {
    fileprivate var streamService: StreamService? {
        switch Payload.product {
        case .mediaPush: .mediaPush
        case .mediaPull: .mediaPull
        case .cloudRecording: .cloudRecording
        case .rtcChannel: nil
        }
    }

    fileprivate var taskID: String { payload.subject }
    fileprivate var recordedChannel: String? { (payload as? any ChannelOfRecording)?.cname }
    fileprivate var contentKey: String { "\(Self.type)/\(payload.contentKey)" }
    fileprivate var happened: Int64? { payload.order?.milliseconds }
}
