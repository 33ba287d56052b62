import MediaEvents

/// What all recording events share, whatever their details.
protocol RecordingMoment {
    var cname: String? { get }
    var uid: String? { get }
    var sid: String { get }
    /// Unix milliseconds.
    var sendts: Int64? { get }
    var serviceScene: String? { get }
}

extension RecordingPayload: RecordingMoment {}

/// A notification about a recording.
protocol RecordingNotice {
    var moment: any RecordingMoment { get }
}

extension AgoraNotice: RecordingNotice where Payload: RecordingMoment {
    var moment: any RecordingMoment { payload }
}
