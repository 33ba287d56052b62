import Foundation
import Testing

@testable import StreamServices

@Suite("Calls that are not sent") struct RuleTests {
    struct Case: Sendable, CustomTestStringConvertible {
        let field: String
        /// JSON, put over the good body.
        let change: String
        var testDescription: String { "\(field): \(change)" }
    }

    /// Merges objects; `null` removes.
    private func merged(_ base: [String: Any], _ change: [String: Any]) -> [String: Any] {
        var result = base
        for (key, value) in change {
            if let inner = value as? [String: Any], let old = result[key] as? [String: Any] {
                result[key] = merged(old, inner)
            } else {
                result[key] = value is NSNull ? nil : value
            }
        }
        return result
    }

    private func spec<Spec: Decodable>(_ exchange: String, _ key: String, _ change: String, as type: Spec.Type) throws -> Spec {
        let base = try #require(try Exchange.named(exchange).requestObject()[key] as? [String: Any])
        let change = try #require(try JSONSerialization.jsonObject(with: Data(change.utf8)) as? [String: Any])
        return try JSONDecoder().decode(type, from: try JSONSerialization.data(withJSONObject: merged(base, change)))
    }

    private func problems(_ body: () throws(InvalidCall) -> AgoraCall) -> [String] {
        do {
            _ = try body()
            return []
        } catch {
            return error.problems.map(\.field)
        }
    }

    static let converters = [
        Case(field: "name", change: #"{"name":"stage 7"}"#), Case(field: "name", change: #"{"name":""}"#),
        Case(field: "name", change: "{\"name\":\"\(String(repeating: "x", count: 65))\"}"),
        Case(field: "rtmpUrl", change: #"{"rtmpUrl":null}"#), Case(field: "rtmpUrl", change: #"{"rtmpUrl":"https://x/y"}"#),
        Case(field: "rtmpUrl", change: "{\"rtmpUrl\":\"rtmp://x/\(String(repeating: "x", count: 1024))\"}"),
        Case(field: "rtmpUrl", change: #"{"rtmpUrl":"rtmp://x/a b"}"#), Case(field: "idleTimeout", change: #"{"idleTimeout":0}"#),
        Case(field: "jitterBufferSizeMs", change: #"{"jitterBufferSizeMs":1001}"#),
        Case(field: "transcodeOptions", change: #"{"transcodeOptions":null}"#),
        Case(field: "transcodeOptions", change: #"{"rawOptions":{"rtcChannel":"a","rtcStreamUid":1}}"#),
        Case(field: "transcodeOptions.rtcChannel", change: #"{"transcodeOptions":{"rtcChannel":null}}"#),
        Case(field: "transcodeOptions.rtcChannel", change: #"{"transcodeOptions":{"rtcChannel":"a/b"}}"#),
        Case(field: "transcodeOptions.audioOptions.codecProfile", change: #"{"transcodeOptions":{"audioOptions":{"codecProfile":"MP3"}}}"#),
        Case(field: "transcodeOptions.audioOptions.sampleRate", change: #"{"transcodeOptions":{"audioOptions":{"sampleRate":8000}}}"#),
        Case(field: "transcodeOptions.audioOptions.bitrate", change: #"{"transcodeOptions":{"audioOptions":{"bitrate":129}}}"#),
        Case(field: "transcodeOptions.audioOptions.audioChannels", change: #"{"transcodeOptions":{"audioOptions":{"audioChannels":3}}}"#),
        Case(
            field: "transcodeOptions.audioOptions.volumes.rtcStreamUid",
            change: #"{"transcodeOptions":{"audioOptions":{"rtcStreamUids":[1],"volumes":[{"rtcStreamUid":2,"volume":100}]}}}"#),
        Case(
            field: "transcodeOptions.audioOptions.volumes.volume",
            change: #"{"transcodeOptions":{"audioOptions":{"rtcStreamUids":[1],"volumes":[{"rtcStreamUid":1,"volume":201}]}}}"#),
        Case(field: "transcodeOptions.videoOptions.canvas", change: #"{"transcodeOptions":{"videoOptions":{"canvas":null}}}"#),
        Case(
            field: "transcodeOptions.videoOptions.canvas.width", change: #"{"transcodeOptions":{"videoOptions":{"canvas":{"width":65}}}}"#),
        Case(field: "transcodeOptions.videoOptions.bitrate", change: #"{"transcodeOptions":{"videoOptions":{"bitrate":null}}}"#),
        Case(field: "transcodeOptions.videoOptions.bitrate", change: #"{"transcodeOptions":{"videoOptions":{"bitrate":10001}}}"#),
        Case(field: "transcodeOptions.videoOptions.frameRate", change: #"{"transcodeOptions":{"videoOptions":{"frameRate":31}}}"#),
        Case(field: "transcodeOptions.videoOptions.codec", change: #"{"transcodeOptions":{"videoOptions":{"codec":"AV1"}}}"#),
        Case(field: "transcodeOptions.videoOptions.vertical", change: #"{"transcodeOptions":{"videoOptions":{"layoutType":1}}}"#),
    ]

    @Test("a new converter", arguments: converters)
    func converter(rule: Case) throws {
        let spec = try spec("media-push.create-transcoded", "converter", rule.change, as: ConverterSpec.self)
        let found = problems { () throws(InvalidCall) in try MediaPushCalls(appID: "a").create(spec, in: .europe) }
        #expect(found == ["converter.\(rule.field)"])
    }

    @Test(
        "an update of what cannot be changed",
        arguments: [
            Case(field: "name", change: #"{"name":"x"}"#), Case(field: "idleTimeout", change: #"{"idleTimeout":30}"#),
            Case(field: "jitterBufferSizeMs", change: #"{"jitterBufferSizeMs":100}"#),
            Case(field: "rawOptions", change: #"{"rawOptions":{"rtcChannel":"a","rtcStreamUid":1}}"#),
            Case(field: "transcodeOptions.rtcChannel", change: #"{"transcodeOptions":{"rtcChannel":"x"}}"#),
            Case(field: "transcodeOptions.audioOptions.bitrate", change: #"{"transcodeOptions":{"audioOptions":{"bitrate":48}}}"#),
            Case(field: "transcodeOptions.audioOptions.sampleRate", change: #"{"transcodeOptions":{"audioOptions":{"sampleRate":48000}}}"#),
            Case(
                field: "transcodeOptions.audioOptions.audioChannels", change: #"{"transcodeOptions":{"audioOptions":{"audioChannels":1}}}"#),
            Case(
                field: "transcodeOptions.audioOptions.codecProfile",
                change: #"{"transcodeOptions":{"audioOptions":{"codecProfile":"LC-AAC"}}}"#),
            Case(field: "transcodeOptions.videoOptions.codec", change: #"{"transcodeOptions":{"videoOptions":{"codec":"H.264"}}}"#),
            Case(
                field: "transcodeOptions.videoOptions.codecProfile",
                change: #"{"transcodeOptions":{"videoOptions":{"codecProfile":"high"}}}"#),
        ])
    func update(rule: Case) throws {
        let spec = try spec("media-push.update-layout", "converter", rule.change, as: ConverterSpec.self)
        let found = problems { () throws(InvalidCall) in
            try MediaPushCalls(appID: "a").update("id", in: .europe, to: spec, fields: "x", sequence: 0)
        }
        #expect(found == ["converter.\(rule.field)"])
    }

    @Test(
        "audio alone and video alone are converters, too",
        arguments: [#"{"transcodeOptions":{"videoOptions":null}}"#, #"{"transcodeOptions":{"audioOptions":null}}"#])
    func oneAlone(change: String) throws {
        let spec = try spec("media-push.create-transcoded", "converter", change, as: ConverterSpec.self)
        #expect((spec.transcodeOptions?.audioOptions == nil) != (spec.transcodeOptions?.videoOptions == nil))
        let found = problems { () throws(InvalidCall) in try MediaPushCalls(appID: "a").create(spec, in: .europe) }
        #expect(found.isEmpty)
    }

    @Test(
        "a new player",
        arguments: [
            Case(field: "uid", change: #"{"account":"ann"}"#), Case(field: "uid", change: #"{"uid":null}"#),
            Case(field: "streamUrl", change: #"{"streamUrl":"srt://x/y"}"#), Case(field: "streamUrl", change: #"{"streamUrl":""}"#),
            Case(field: "channelName", change: #"{"channelName":""}"#), Case(field: "token", change: #"{"token":""}"#),
            Case(field: "idleTimeout", change: #"{"idleTimeout":4}"#), Case(field: "idleTimeout", change: #"{"idleTimeout":601}"#),
            Case(field: "playTs", change: #"{"playTs":1773480301}"#), Case(field: "playTs", change: #"{"playTs":1773393599}"#),
            Case(field: "repeatTime", change: #"{"repeatTime":0}"#),
            Case(field: "audioOptions.profile", change: #"{"audioOptions":{"profile":6}}"#),
            Case(field: "videoOptions.height", change: #"{"videoOptions":{"height":1081}}"#),
            Case(field: "encryptMode", change: #"{"encryptMode":"rot13","encryptKey":"k"}"#),
            Case(field: "encryptKdfSalt", change: #"{"encryptMode":"aes-128-gcm2","encryptKey":"k"}"#),
            Case(field: "name", change: #"{"name":"stage7 901"}"#),
        ])
    func player(rule: Case) throws {
        let spec = try spec("media-pull.create", "player", rule.change, as: PlayerSpec.self)
        let found = problems { () throws(InvalidCall) in try MediaPullCalls(appID: "a").create(spec, in: .europe, now: 1_773_480_000) }
        #expect(Set(found) == ["player.\(rule.field)"])
    }

    @Test(
        "a recording",
        arguments: [
            Case(field: "recordingFileConfig.avFileType", change: #"{"recordingFileConfig":{"avFileType":["mp4"]}}"#),
            Case(field: "recordingConfig.maxIdleTime", change: #"{"recordingConfig":{"maxIdleTime":4}}"#),
            Case(field: "storageConfig.vendor", change: #"{"storageConfig":{"vendor":4}}"#),
            Case(field: "storageConfig.secretKey", change: #"{"storageConfig":{"secretKey":""}}"#),
            Case(field: "storageConfig.fileNamePrefix", change: #"{"storageConfig":{"fileNamePrefix":["a/b"]}}"#),
            Case(field: "snapshotConfig", change: #"{"snapshotConfig":{"captureInterval":5}}"#),
            Case(field: "extensionServiceConfig", change: #"{"extensionServiceConfig":{"extensionServices":[]}}"#),
        ])
    func recording(rule: Case) throws {
        let spec = try spec("cloud-recording.start-mix", "clientRequest", rule.change, as: RecordingSpec.self)
        let found = problems { () throws(InvalidCall) in
            try CloudRecordingCalls(appID: "a").start(RecordingIdentity(cname: "stage7", uid: "1"), resourceID: "r", .mix, spec)
        }
        #expect(found == ["clientRequest.\(rule.field)"])
    }

    @Test("the user that records is a whole number as text", arguments: ["0", "-1", "4294967296", "007", "ann", ""])
    func recordingUser(uid: String) {
        let found = problems { () throws(InvalidCall) in
            try CloudRecordingCalls(appID: "a").acquire(RecordingIdentity(cname: "stage7", uid: uid), .init())
        }
        #expect(found == ["uid"])
    }

    @Test("all broken rules are told at once, and no value of the request")
    func allAtOnce() throws {
        let spec = ConverterSpec(name: "a b", rtmpUrl: "https://cdn.example.com/secret-key")
        do {
            _ = try MediaPushCalls(appID: "a").create(spec, in: .europe)
            Issue.record("it was made")
        } catch {
            #expect(error.problems.count == 3)
            #expect(error.description.hasPrefix("Media Push Create is not sent: `converter.name` must be"))
            #expect(!error.description.contains("secret-key"))
        }
    }
}
