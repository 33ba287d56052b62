/// The Cloud Recording events that are known here, in ascending order. Not among them: 13, 34, 46 and 47, whose content Agora does not
/// document, and 110 to 113 (cloud transcoding), which have a shape of their own and no `sid`.
enum RecordingCatalog {
    static let events: [any CatalogEvent.Type] = [
        AgoraNotice<RecordingPayload<RecordingFailed>>.self,
        AgoraNotice<RecordingPayload<RecordingWarned>>.self,
        AgoraNotice<RecordingPayload<RecordingStatusUpdated>>.self,
        AgoraNotice<RecordingPayload<RecordingFileInfos>>.self,
        AgoraNotice<RecordingPayload<RecordingSessionExited>>.self,
        AgoraNotice<RecordingPayload<RecordingSessionFailedOver>>.self,
        AgoraNotice<RecordingPayload<RecordingUploaderStarted>>.self,
        AgoraNotice<RecordingPayload<RecordingUploaded>>.self,
        AgoraNotice<RecordingPayload<RecordingBackedUp>>.self,
        AgoraNotice<RecordingPayload<RecordingUploadProgressed>>.self,
        AgoraNotice<RecordingPayload<RecorderStarted>>.self,
        AgoraNotice<RecordingPayload<RecorderLeft>>.self,
        AgoraNotice<RecordingPayload<RecorderSliceStarted>>.self,
        AgoraNotice<RecordingPayload<RecorderAudioStreamChanged>>.self,
        AgoraNotice<RecordingPayload<RecorderVideoStreamChanged>>.self,
        AgoraNotice<RecordingPayload<RecorderSnapshotTaken>>.self,
        AgoraNotice<RecordingPayload<RecordingVODStarted>>.self,
        AgoraNotice<RecordingPayload<RecordingVODTriggered>>.self,
        AgoraNotice<RecordingPayload<WebRecorderStarted>>.self,
        AgoraNotice<RecordingPayload<WebRecorderStopped>>.self,
        AgoraNotice<RecordingPayload<WebRecorderLimited>>.self,
        AgoraNotice<RecordingPayload<WebRecorderReloaded>>.self,
        AgoraNotice<RecordingPayload<RecordingTranscoderStarted>>.self,
        AgoraNotice<RecordingPayload<RecordingTranscoderCompleted>>.self,
        AgoraNotice<RecordingPayload<RecordingDownloadFailed>>.self,
        AgoraNotice<RecordingPayload<WebRecorderPushChanged>>.self,
        AgoraNotice<RecordingPayload<RecordingTranscodeFinished>>.self,
    ]
}

// MARK: The events by the names under which handlers take them

/// Event 1.
public typealias RecordingFailedNotice = AgoraNotice<RecordingPayload<RecordingFailed>>
/// Event 2.
public typealias RecordingWarnedNotice = AgoraNotice<RecordingPayload<RecordingWarned>>
/// Event 3.
public typealias RecordingStatusUpdatedNotice = AgoraNotice<RecordingPayload<RecordingStatusUpdated>>
/// Event 4.
public typealias RecordingFileInfosNotice = AgoraNotice<RecordingPayload<RecordingFileInfos>>
/// Event 11.
public typealias RecordingSessionExitedNotice = AgoraNotice<RecordingPayload<RecordingSessionExited>>
/// Event 12.
public typealias RecordingSessionFailedOverNotice = AgoraNotice<RecordingPayload<RecordingSessionFailedOver>>
/// Event 30.
public typealias RecordingUploaderStartedNotice = AgoraNotice<RecordingPayload<RecordingUploaderStarted>>
/// Event 31.
public typealias RecordingUploadedNotice = AgoraNotice<RecordingPayload<RecordingUploaded>>
/// Event 32.
public typealias RecordingBackedUpNotice = AgoraNotice<RecordingPayload<RecordingBackedUp>>
/// Event 33.
public typealias RecordingUploadProgressedNotice = AgoraNotice<RecordingPayload<RecordingUploadProgressed>>
/// Event 40.
public typealias RecorderStartedNotice = AgoraNotice<RecordingPayload<RecorderStarted>>
/// Event 41.
public typealias RecorderLeftNotice = AgoraNotice<RecordingPayload<RecorderLeft>>
/// Event 42.
public typealias RecorderSliceStartedNotice = AgoraNotice<RecordingPayload<RecorderSliceStarted>>
/// Event 43.
public typealias RecorderAudioStreamChangedNotice = AgoraNotice<RecordingPayload<RecorderAudioStreamChanged>>
/// Event 44.
public typealias RecorderVideoStreamChangedNotice = AgoraNotice<RecordingPayload<RecorderVideoStreamChanged>>
/// Event 45.
public typealias RecorderSnapshotTakenNotice = AgoraNotice<RecordingPayload<RecorderSnapshotTaken>>
/// Event 60.
public typealias RecordingVODStartedNotice = AgoraNotice<RecordingPayload<RecordingVODStarted>>
/// Event 61.
public typealias RecordingVODTriggeredNotice = AgoraNotice<RecordingPayload<RecordingVODTriggered>>
/// Event 70.
public typealias WebRecorderStartedNotice = AgoraNotice<RecordingPayload<WebRecorderStarted>>
/// Event 71.
public typealias WebRecorderStoppedNotice = AgoraNotice<RecordingPayload<WebRecorderStopped>>
/// Event 72.
public typealias WebRecorderLimitedNotice = AgoraNotice<RecordingPayload<WebRecorderLimited>>
/// Event 73.
public typealias WebRecorderReloadedNotice = AgoraNotice<RecordingPayload<WebRecorderReloaded>>
/// Event 80.
public typealias RecordingTranscoderStartedNotice = AgoraNotice<RecordingPayload<RecordingTranscoderStarted>>
/// Event 81.
public typealias RecordingTranscoderCompletedNotice = AgoraNotice<RecordingPayload<RecordingTranscoderCompleted>>
/// Event 90.
public typealias RecordingDownloadFailedNotice = AgoraNotice<RecordingPayload<RecordingDownloadFailed>>
/// Event 100.
public typealias WebRecorderPushChangedNotice = AgoraNotice<RecordingPayload<WebRecorderPushChanged>>
/// Event 1001.
public typealias RecordingTranscodeFinishedNotice = AgoraNotice<RecordingPayload<RecordingTranscodeFinished>>
