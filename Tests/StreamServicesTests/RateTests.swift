import Testing

@testable import StreamServices

@Suite("How often calls are made") struct RateTests {
    private let start: Int64 = 1_773_478_800_000

    /// The most moments in any stretch of `window` milliseconds.
    private func most(_ moments: [Int64], in window: Int64) -> Int {
        moments.map { first in moments.count { first <= $0 && $0 < first + window } }.max() ?? 0
    }

    @Test("every call counts in its own bucket, by the documented numbers")
    func documented() throws {
        func limits(_ call: AgoraCall) -> [String] {
            call.rates.map { "\($0.name) \($0.perSecond)" + ($0.perMinute.map { " \($0)" } ?? "") }
        }
        let (push, pull) = (MediaPushCalls(appID: "a"), MediaPullCalls(appID: "a"))
        let converter = ConverterSpec(
            name: "stage7", rawOptions: .init(rtcChannel: "stage7", rtcStreamUid: 1), rtmpUrl: "rtmp://cdn.example.com/live/a")
        #expect(limits(try push.create(converter, in: .europe)) == ["media-push.create 50"])
        #expect(limits(try push.delete("c1", in: .europe)) == ["media-push.delete 50"])
        #expect(limits(try push.get("c1", in: .europe)) == ["media-push.get 50"])
        let change = ConverterSpec(rtmpUrl: "rtmp://cdn.example.com/live/b")
        // For each converter.
        #expect(limits(try push.update("c1", in: .europe, to: change, fields: "rtmpUrl", sequence: 0)) == ["media-push.update.c1 2"])
        var player = PlayerSpec(streamUrl: "rtmp://origin.example.net/live/a", channelName: "stage7", uid: 1)
        #expect(limits(try pull.create(player, in: .europe, now: 0)) == ["media-pull.create 50"])
        player.name = "stage7_1"
        #expect(limits(try pull.create(player, in: .europe, now: 0)) == ["media-pull.create-named 2"])
        #expect(limits(try pull.delete("p1", in: .europe)) == ["media-pull.delete 100"])
        #expect(limits(try pull.list()) == ["media-pull.list 10 20"])
        #expect(limits(try pull.list(channel: "stage7")) == ["media-pull.list-filtered 2 15"])
    }

    @Test("all calls of Cloud Recording are ten a second together")
    func recordings() throws {
        let (calls, identity) = (CloudRecordingCalls(appID: "a"), RecordingIdentity(cname: "stage7", uid: "1"))
        let start = try Exchange.named("cloud-recording.start-mix").request("clientRequest", as: RecordingSpec.self)
        let layout = try Exchange.named("cloud-recording.update-layout").request("clientRequest", as: RecordingLayout.self)
        let change = try Exchange.named("cloud-recording.update-subscription")
            .request("clientRequest", as: CloudRecordingCalls.Change.self)
        let recording = RecordingHandle(identity, resourceID: "r", sid: "s", mode: .mix)
        let all = [
            try calls.acquire(identity, .init()), try calls.start(identity, resourceID: "r", .mix, start), calls.query(recording),
            try calls.update(recording, change), try calls.updateLayout(recording, layout), try calls.stop(recording, waits: true),
        ]
        for call in all { #expect(call.rates == [RateLimit(name: "cloud-recording", perSecond: 10)], "\(call.operation)") }
    }

    @Test(
        "no second and no minute has more calls than the limit, however they come",
        arguments: [
            RateLimit.mediaPushCreate, .mediaPullCreateNamed, .mediaPullDelete, .mediaPullListFiltered, .mediaPullList, .cloudRecording,
        ])
    func limits(limit: RateLimit) {
        var state = RateState()
        var (now, moments) = (start, [Int64]())
        for number in 0..<300 {
            now += number % 50 < 40 ? 1 : 400
            // Whoever finds too many waiting comes again later.
            var moment = state.reserve(limit, at: now)
            while moment == nil {
                now += 500
                moment = state.reserve(limit, at: now)
            }
            moments += [moment ?? 0]
        }
        #expect(moments == moments.sorted())
        #expect(most(moments, in: 1000) <= limit.perSecond)
        if let perMinute = limit.perMinute { #expect(most(moments, in: 60_000) <= perMinute) }
        // And not much slower than allowed.
        let seconds = Double((moments.last ?? 0) - start) / 1000
        let rate = limit.perMinute.map { Double($0) / 60 } ?? Double(limit.perSecond)
        #expect(seconds <= max(300 / rate * 1.1, Double(now - start) / 1000 + 2))
    }

    @Test("a 429 halves the rate, more of them after seconds make it slower still, and quiet minutes bring it back")
    func throttling() {
        func perSecond(_ state: inout RateState, at now: Int64) -> Int {
            let moments = (0..<150).compactMap { _ in state.reserve(.mediaPushCreate, at: now) }
            return most(moments, in: 1000)
        }
        var state = RateState()
        state.throttled(at: start)
        var copy = state
        #expect(perSecond(&copy, at: start) == 25)
        // Calls that were under way at the same time.
        for _ in 0..<20 { state.throttled(at: start + 5000) }
        copy = state
        #expect(perSecond(&copy, at: start + 5000) == 25)
        for step in Int64(1)...6 { state.throttled(at: start + step * 10_000) }
        let last = start + 60_000
        copy = state
        #expect(perSecond(&copy, at: last) == 3)
        copy = state
        #expect(perSecond(&copy, at: last + 60_000) == 6)
        #expect(perSecond(&state, at: last + 240_000) == 50)
    }

    @Test("a clock that was set back does not stop the calls")
    func clock() {
        var state = RateState()
        for _ in 0..<20 { _ = state.reserve(.mediaPullList, at: start) }
        state.throttled(at: start)
        #expect(state.reserve(.mediaPullList, at: start - 3_600_000) == start - 3_600_000)
    }

    @Test("one bucket for each name")
    func names() async throws {
        let rates = MemoryRates()
        for number in 0..<10 {
            #expect(try await rates.reserve(.mediaPushUpdate("c\(number)"), at: start) == start)
        }
        #expect(try await rates.reserve(.mediaPushUpdate("c1"), at: start) == start)
        #expect(try await rates.reserve(.mediaPushUpdate("c1"), at: start) == start + 1050)
    }
}
