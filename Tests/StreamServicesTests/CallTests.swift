import Foundation
import Testing

@testable import StreamServices

@Suite("Calls as they are sent") struct CallTests {
    private let push = MediaPushCalls(appID: Exchange.appID)
    private let pull = MediaPullCalls(appID: Exchange.appID)
    private let recordings = CloudRecordingCalls(appID: Exchange.appID)

    @Test("Media Push creates", arguments: ["create-transcoded", "create-raw", "create-isolated-2"])
    func createPush(name: String) throws {
        let exchange = try Exchange.named("media-push.\(name)")
        let spec = try exchange.request("converter", as: ConverterSpec.self)
        try exchange.expect(try push.create(spec, in: .europe, originAddress: exchange.query?["regionHintIp"]))
    }

    @Test("a converter or player that says nothing of its idle time gets 300 s")
    func idleTimeout() throws {
        let vertical = try Exchange.named("media-push.create-vertical")
        let spec = try vertical.request("converter", as: ConverterSpec.self)
        #expect(spec.idleTimeout == nil)
        let body = try #require(try push.create(spec, in: .europe).body)
        #expect(String(decoding: body, as: UTF8.self).contains(#""idleTimeout":300"#))
        let player = PlayerSpec(streamUrl: "rtmp://origin.example.net/live/a", channelName: "stage7", uid: 1)
        let created = try #require(try pull.create(player, in: .europe, now: 0).body)
        #expect(String(decoding: created, as: UTF8.self).contains(#""idleTimeout":300"#))
    }

    @Test("Media Push updates, asks, lists and deletes")
    func otherPush() throws {
        let id = "dfca7a51ee1143901e674e3706a46e64"
        for name in ["update-layout", "update-rtmp-url"] {
            let exchange = try Exchange.named("media-push.\(name)")
            let spec = try exchange.request("converter", as: ConverterSpec.self)
            let fields = try exchange.request("fields", as: String.self)
            let sequence = try #require(exchange.query?["sequence"].flatMap { Int($0) })
            try exchange.expect(try push.update(id, in: .europe, to: spec, fields: fields, sequence: sequence))
        }
        try Exchange.named("media-push.get-running").expect(try push.get(id, in: .europe))
        try Exchange.named("media-push.delete").expect(try push.delete(id, in: .europe))
        try Exchange.named("media-push.list-page-1").expect(push.list())
        try Exchange.named("media-push.list-page-2").expect(push.list(cursor: "2"))
        #expect(push.list(channel: "room #1/a").path == "/v1/projects/\(Exchange.appID)/channels/room%20%231%2Fa/rtmp-converters")
    }

    @Test("Media Pull creates, updates, deletes and lists")
    func pulls() throws {
        for name in ["create", "create-account-transcoded"] {
            let exchange = try Exchange.named("media-pull.\(name)")
            let spec = try exchange.request("player", as: PlayerSpec.self)
            try exchange.expect(
                try pull.create(spec, in: .northAmerica, sourceAddress: exchange.query?["streamIp"], now: spec.playTs ?? 0))
        }
        let id = "4cf308487e7a4002c2a444446e08517d"
        let update = try Exchange.named("media-pull.update")
        try update.expect(try pull.update(id, in: .northAmerica, to: try update.request("player", as: PlayerChange.self), sequence: 0))
        try Exchange.named("media-pull.delete").expect(try pull.delete(id, in: .northAmerica))
        try Exchange.named("media-pull.list-page-1").expect(try pull.list(channel: "stage7", pageSize: 2))
        let second = try pull.list(channel: "stage7", pageSize: 2, pageToken: "9f153f3d6")
        try Exchange.named("media-pull.list-page-2").expect(second)
        #expect(second.target.hasSuffix("/players?filter=channelName%20eq%20stage7&pageSize=2&pageToken=9f153f3d6"))
    }

    @Test("Cloud Recording, every call and mode")
    func recording() throws {
        for name in ["acquire", "acquire-backup"] {
            let exchange = try Exchange.named("cloud-recording.\(name)")
            try exchange.expect(
                try recordings.acquire(
                    try identity(exchange), try exchange.request("clientRequest", as: CloudRecordingCalls.Acquiring.self)))
        }
        for (name, mode) in [("start-mix", RecordingMode.mix), ("start-individual", .individual), ("start-web", .web)] {
            let exchange = try Exchange.named("cloud-recording.\(name)")
            let spec = try exchange.request("clientRequest", as: RecordingSpec.self)
            try exchange.expect(
                try recordings.start(try identity(exchange), resourceID: part(exchange.path, after: "resourceid"), mode, spec))
        }
        for name in ["update-subscription", "update-storage-token", "update-web-hold"] {
            let exchange = try Exchange.named("cloud-recording.\(name)")
            let change = try exchange.request("clientRequest", as: CloudRecordingCalls.Change.self)
            try exchange.expect(try recordings.update(try handle(exchange), change))
        }
        let layout = try Exchange.named("cloud-recording.update-layout")
        try layout.expect(
            try recordings.updateLayout(try handle(layout), try layout.request("clientRequest", as: RecordingLayout.self)))
        try Exchange.named("cloud-recording.query-web").expect(
            recordings.query(try handle(try Exchange.named("cloud-recording.query-web"), identity: RecordingIdentity(cname: "", uid: ""))))
        let stop = try Exchange.named("cloud-recording.stop")
        try stop.expect(try recordings.stop(try handle(stop), waits: true))
    }

    private func identity(_ exchange: Exchange) throws -> RecordingIdentity {
        RecordingIdentity(cname: try exchange.request("cname", as: String.self), uid: try exchange.request("uid", as: String.self))
    }

    private func handle(_ exchange: Exchange, identity: RecordingIdentity? = nil) throws -> RecordingHandle {
        RecordingHandle(
            try identity ?? self.identity(exchange), resourceID: try part(exchange.path, after: "resourceid"),
            sid: try part(exchange.path, after: "sid"), mode: try #require(RecordingMode(rawValue: try part(exchange.path, after: "mode"))))
    }

    private func part(_ path: String, after name: String) throws -> String {
        let parts = path.split(separator: "/").map(String.init)
        return parts[try #require(parts.firstIndex(of: name)) + 1]
    }
}
