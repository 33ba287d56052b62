import Foundation
import HTTPTransport
import Settings
import TestSupport
import Testing

@testable import StreamServices

@Suite("What the doctor says") struct DoctorTests {
    private static let now: Int64 = 1_790_000_000_000

    /// A project in which everything is as it should be.
    private static func healthy() -> DoctorObservations {
        var seen = DoctorObservations(state: .init(path: "/state", directoryMode: 0o700, fileMode: 0o600), now: now)
        seen.replies = [
            .mediaPush: .answered([.init(id: "C1", name: "stage7", idleTimeout: 300)]),
            .mediaPull: .answered([.init(id: "p1", name: "stage7_901", idleTimeout: nil)]), .cloudRecording: .answered(nil),
        ]
        seen.wishes = [push("stage7"), pull("stage7_901", uid: 901)]
        seen.newest = [.mediaPush: now - 90_000, .mediaPull: now - 3_600_000, .cloudRecording: now]
        seen.hosts = [
            .init(name: "api.agora.io", isPrimary: true, trouble: nil, ahead: 0.4),
            .init(name: "api.sd-rtn.com", isPrimary: false, trouble: nil, ahead: nil),
        ]
        seen.tokens = .made
        return seen
    }

    private static func push(_ name: String, idle: Int? = nil, in region: TaskRegion = .europe) -> StreamWish {
        var converter = ConverterSpec(
            name: name, rawOptions: .init(rtcChannel: "stage7", rtcStreamUid: 1), rtmpUrl: "rtmp://cdn.example.com/live/hush")
        converter.idleTimeout = idle
        return StreamWish(name: name, region: region, until: .forever, converter: converter)
    }

    private static func pull(_ name: String, uid: UInt32? = nil, account: String? = nil) -> StreamWish {
        StreamWish(
            name: name, region: .mainlandChina, until: .forever,
            player: PlayerSpec(name: name, streamUrl: "rtmp://src.example.com/live/hush", channelName: "stage7", uid: uid, account: account)
        )
    }

    private func row(_ item: String, _ subject: String? = nil, _ change: (inout DoctorObservations) -> Void) throws -> DoctorRow {
        var seen = Self.healthy()
        change(&seen)
        let rows = Doctor(seen).rows
        #expect(!rows.contains { "\($0.finding) \($0.advice ?? "")".contains("hush") })
        let row = try #require(rows.first { $0.item == item && (subject == nil || $0.subject == subject) })
        // Whatever is wrong with one item: the exit follows the required rows.
        #expect(Doctor.hasFailed(rows) == rows.contains { $0.required && $0.status == .failed })
        return row
    }

    @Test("each item of the checklists has its row for each service, and all is well")
    func healthy() {
        let rows = Doctor(Self.healthy()).rows
        let both = ["service", "rates", "tasks", "notifications", "troubleshooting", "names", "region", "idle-timeout", "channel-profile"]
        #expect(rows.filter { $0.subject == "media-push" }.map(\.item).sorted() == both.sorted())
        #expect(rows.filter { $0.subject == "media-pull" }.map(\.item).sorted() == (both + ["users"]).sorted())
        #expect(rows.filter { $0.subject == "cloud-recording" }.map(\.item) == Array(both.prefix(5)) + ["idle-timeout"])
        #expect(rows.filter { $0.subject == nil }.map(\.item) == ["credentials", "clock", "tokens", "state-directory", "shared-store"])
        #expect(rows.filter { $0.item == "host" }.map(\.subject) == ["api.agora.io", "api.sd-rtn.com"])
        #expect(!rows.contains { $0.status == .failed || $0.status == .warning } && !Doctor.hasFailed(rows))
        // What the lists of the best practices mark as required.
        let required = Set(rows.filter { $0.subject == "media-pull" && $0.required }.map(\.item))
        #expect(required == ["channel-profile", "service", "rates", "tasks", "region", "idle-timeout"])
    }

    @Test("a service that nobody uses has no rows")
    func unused() {
        var seen = Self.healthy()
        seen.replies = [.mediaPull: .answered([])]
        #expect(Set(Doctor(seen).rows.compactMap(\.subject)) == ["media-pull", "api.agora.io", "api.sd-rtn.com"])
    }

    @Test("refused credentials fail, and say nothing of the services")
    func credentials() throws {
        let refused = DoctorObservations.Reply.failed(.init(.credentials, "Media Push List was answered with 401"))
        let all = { (seen: inout DoctorObservations) in seen.replies = seen.replies.mapValues { _ in refused } }
        #expect(try row("credentials", nil, all).status == .failed)
        #expect(try row("service", "media-push", all).status == .notCheckable)
        #expect(try row("tasks", "media-push", all).status == .notCheckable)
    }

    @Test("a service that is not enabled fails alone; the credentials are good then")
    func notEnabled() throws {
        let change = { (seen: inout DoctorObservations) in
            seen.replies = [.mediaPull: .failed(.init(.notEnabled, "answered with 403"))]
        }
        let service = try row("service", "media-pull", change)
        #expect(service.status == .failed && service.required && service.advice?.contains("enable Media Pull") == true)
        #expect(try row("credentials", nil, change).status == .ok)
    }

    @Test("nobody who can be asked is a failure of the credentials' row, not of the services'")
    func unreachable() throws {
        let change = { (seen: inout DoctorObservations) in
            seen.replies = [.mediaPush: .failed(.init(.noAnswer, "reached none"))]
            seen.hosts = seen.hosts.map { .init(name: $0.name, isPrimary: $0.isPrimary, trouble: "could not connect", ahead: nil) }
        }
        #expect(try row("credentials", nil, change).status == .failed)
        #expect(try row("service", "media-push", change).status == .notCheckable)
        #expect(try row("host", "api.agora.io", change).status == .failed)
        #expect(try row("clock", nil, change).status == .notCheckable)
    }

    @Test("one host of two is a warning", arguments: [0, 1])
    func oneHost(down: Int) throws {
        let change = { (seen: inout DoctorObservations) in
            let host = seen.hosts[down]
            seen.hosts[down] = .init(name: host.name, isPrimary: host.isPrimary, trouble: "could not find", ahead: nil)
        }
        let name = Self.healthy().hosts[down].name
        #expect(try row("host", name, change).status == .warning)
    }

    @Test(
        "running or wanted tasks against the limit",
        arguments: [
            (15, 0, DoctorRow.Status.ok), (16, 0, .warning), (20, 0, .warning), (21, 0, .failed), (0, 20, .warning), (0, 21, .failed),
        ])
    func tasks(running: Int, wanted: Int, status: DoctorRow.Status) throws {
        let found = try row("tasks", "media-push") { seen in
            seen.replies[.mediaPush] = .answered((0..<running).map { .init(id: "\($0)", name: "n\($0)", idleTimeout: nil) })
            seen.wishes = (0..<wanted).map { Self.push("w\($0)") }
        }
        #expect(found.status == status && found.finding.contains("\(running) run and \(wanted) are wanted; 20"))
    }

    @Test("recordings have no list: what is wanted counts, a second recording beside the first one, too")
    func recordings() throws {
        let shows = try (0..<26).map { try show("s\($0)", backup: $0 > 0) }
        let idle = try show("s", idle: 30)
        #expect(try row("tasks", "cloud-recording") { $0.shows = Array(shows.prefix(2)) }.finding.hasPrefix("3 are wanted; 50 are allowed"))
        #expect(try row("tasks", "cloud-recording") { $0.shows = shows }.status == .failed)
        #expect(try row("idle-timeout", "cloud-recording") { $0.shows = [idle] }.finding.contains("s (30 s)"))
    }

    private func show(_ name: String, backup: Bool = false, idle: Int? = nil) throws -> RecordingWish {
        let text = """
            {"name":"\(name)","cname":"c","mode":"mix","uids":["1","2"]\(backup ? #","backupUids":["3","4"]"# : ""),"until":"forever",
             "start":{"recordingConfig":{\(idle.map { "\"maxIdleTime\":\($0)" } ?? "")},
             "storageConfig":{"vendor":2,"region":0,"bucket":"b","accessKey":"a","secretKey":"s"}}}
            """
        return try JSONDecoder().decode(RecordingWish.self, from: Data(text.utf8))
    }

    @Test("tasks without a name are told by their ids")
    func names() throws {
        let found = try row("names", "media-pull") { seen in
            seen.replies[.mediaPull] = .answered([
                .init(id: "p1", name: "n", idleTimeout: nil), .init(id: "p2", name: nil, idleTimeout: nil),
                .init(id: "p3", name: "", idleTimeout: nil),
            ])
        }
        #expect(found.status == .warning && found.finding.hasSuffix("p2, p3"))
    }

    @Test("a wanted player has a uid or an account")
    func users() throws {
        #expect(
            try row("users") { $0.wishes = [Self.pull("both", uid: 1, account: "a"), Self.pull("fine", account: "a")] }.finding.hasSuffix(
                ": both"))
        #expect(try row("users") { $0.wishes = [Self.pull("none")] }.status == .failed)
        #expect(try row("users") { $0.wishes = [] }.status == .notCheckable)
    }

    @Test("regions are those of the wanted tasks")
    func region() throws {
        #expect(try row("region", "media-push") { $0.wishes.append(Self.push("x", in: .asiaPacific)) }.finding.contains("run in ap, eu"))
        #expect(try row("region", "media-push") { $0.wishes = [] }.status == .notCheckable)
    }

    @Test("an idle time-out other than 300 s is a warning, whether it runs or is wanted")
    func idleTimeout() throws {
        let running = try row("idle-timeout", "media-push") {
            $0.replies[.mediaPush] = .answered([.init(id: "C9", name: nil, idleTimeout: 60)])
        }
        #expect(running.status == .warning && running.finding.contains("C9 (60 s)"))
        #expect(try row("idle-timeout", "media-push") { $0.wishes = [Self.push("stage8", idle: 600)] }.finding.contains("stage8 (600 s)"))
        #expect(try row("idle-timeout", "media-pull") { $0.wishes = [] }.status == .notCheckable)
    }

    @Test("a rate that 429 slowed down is a warning; calls of the last minute are told")
    func rates() throws {
        var busy = RateState()
        for second in 0..<3 { _ = busy.reserve(.mediaPushList, at: Self.now - 120_000 + Int64(second) * 50_000) }
        #expect(
            try row("rates", "media-push") { $0.rates = ["media-push.list": busy] }.finding.hasSuffix(
                "calls in the last minute: media-push.list 1"))
        busy.throttled(at: Self.now - 1000)
        let slowed = try row("rates", "media-push") { $0.rates = ["media-push.list": busy] }
        #expect(slowed.status == .warning && slowed.finding.contains("media-push.list (halved 1 times)"))
        #expect(try row("rates", "media-pull") { $0.rates = ["media-push.list": busy] }.status == .ok)
    }

    @Test("without any notification there is a warning; else its age is told")
    func notifications() throws {
        #expect(try row("notifications", "media-pull") { $0.newest = [:] }.status == .warning)
        #expect(try row("notifications", "media-pull") { _ in }.finding.contains("came 60 minutes ago"))
    }

    @Test(
        "a clock that is off",
        arguments: [(0.9, DoctorRow.Status.ok), (-29, .ok), (31, .warning), (-299, .warning), (301, .failed), (-4000, .failed)])
    func clock(ahead: Double, status: DoctorRow.Status) throws {
        let found = try row("clock") { $0.hosts[0] = .init(name: "api.agora.io", isPrimary: true, trouble: nil, ahead: ahead) }
        #expect(found.status == status && (abs(ahead) < 2 || found.finding.contains(ahead > 0 ? "behind" : "ahead of")))
    }

    @Test("tokens: none is right without a certificate only")
    func tokens() throws {
        #expect(try row("tokens") { $0.tokens = .noSource }.status == .ok)
        #expect(
            try row("tokens") {
                $0.tokens = .noSource
                $0.hasCertificate = true
            }.status == .failed)
        #expect(try row("tokens") { $0.tokens = .failed("no token for uid 1") }.finding == "no token for uid 1")
    }

    @Test(
        "the state directory is for its owner",
        arguments: [
            (0o700, 0o600, DoctorRow.Status.ok), (0o755, 0o600, .warning), (0o700, 0o640, .failed), (0o700, nil, .failed),
            (nil, 0o600, .failed),
        ]
            as [(Int?, Int?, DoctorRow.Status)])
    func state(directory: Int?, file: Int?, status: DoctorRow.Status) throws {
        #expect(try row("state-directory") { $0.state = .init(path: "/s", directoryMode: directory, fileMode: file) }.status == status)
    }

    @Test("the exit follows the required rows alone")
    func exit() {
        var seen = Self.healthy()
        seen.wishes = [Self.pull("none")]  // an optional item fails
        #expect(Doctor(seen).rows.contains { $0.status == .failed } && !Doctor.hasFailed(Doctor(seen).rows))
        seen.tokens = .failed("x")
        #expect(Doctor.hasFailed(Doctor(seen).rows))
    }

    @Test("a row is told to programs under these names")
    func json() throws {
        let row = try row("channel-profile", "media-push") { _ in }
        let object = try #require(try JSONSerialization.jsonObject(with: JSONEncoder().encode(row)) as? [String: Any])
        #expect(Set(object.keys) == ["item", "subject", "required", "status", "finding", "advice"])
        #expect(object["status"] as? String == "not-checkable" && object["required"] as? Bool == true)
    }
}

@Suite("What the doctor asks") struct DoctorVisitTests {
    private let clock = LeapingClock()

    private func client(_ http: ScriptedHTTP) -> AgoraClient {
        AgoraClient(
            http: http, account: .init(key: "k", secret: Secret("s")), directory: HostDirectory(AgoraSection()), rates: MemoryRates(),
            clock: clock, logger: RecordingLog().logger, random: { 0.5 })
    }

    private struct NoFacts: StreamFactStore {
        func write(_ fact: StreamFact) async throws {}
        func facts(of subject: String, _ service: StreamService, after number: Int64) async throws -> [StreamFact] { [] }
        func facts(ofChannel channel: String, _ service: StreamService, after number: Int64) async throws -> [StreamFact] { [] }
        func newest(_ service: StreamService) async throws -> StreamFact? {
            service == .mediaPull
                ? StreamFact(service: service, subject: "p", eventType: "media-pull.4", identity: "i", happened: 1, received: 77, body: [])
                : nil
        }
        func show(of sid: String) async throws -> LinkedRecordings { LinkedRecordings(show: nil, sids: [sid]) }
        func link(_ show: LinkedRecordings) async throws {}
    }

    private func observe(
        _ services: [StreamService], _ calls: ScriptedHTTP, hosts: ScriptedHTTP = ScriptedHTTP(.status(404), .status(200))
    ) async throws -> DoctorObservations {
        let section = AgoraSection()
        let visit = DoctorVisit(
            appID: "app", section: section, client: client(calls), probe: HostProbe(http: hosts, section: section, clock: clock),
            tokens: nil,
            facts: NoFacts(), wishes: { ([], []) }, rates: { [:] }, clock: clock)
        return try await visit.observe(services, state: .init(path: "/s", directoryMode: 0o700, fileMode: 0o600))
    }

    private func answer(_ status: Int, _ body: String) -> Result<HTTPResponse, TransportError> {
        .success(HTTPResponse(status: status, body: Array(body.utf8)))
    }

    @Test("lists are read, with what they say of names and idle time-outs; nothing but GET is sent")
    func lists() async throws {
        let calls = ScriptedHTTP(
            answer(
                200,
                #"{"success":true,"data":{"members":[{"converterId":"A","converterName":"n","idleTimeout":"60"},{"converterId":"B","idleTimeOut":90}],"cursor":0}}"#
            ),
            answer(200, #"{"players":[{"id":"p","createTs":1}],"nextPageToken":""}"#),
            answer(404, #"{"code":404,"reason":"failed to find worker"}"#))
        let seen = try await observe([.mediaPush, .mediaPull, .cloudRecording], calls)
        #expect(
            seen.replies[.mediaPush] == .answered([.init(id: "A", name: "n", idleTimeout: 60), .init(id: "B", name: nil, idleTimeout: 90)]))
        #expect(seen.replies[.mediaPull] == .answered([.init(id: "p", name: nil, idleTimeout: nil)]))
        #expect(seen.replies[.cloudRecording] == .answered(nil))
        #expect(calls.requests.allSatisfy { $0.method == "GET" } && seen.newest == [.mediaPull: 77] && seen.tokens == .noSource)
    }

    @Test(
        "what a refusal of Cloud Recording means",
        arguments: [
            (401, #"{"message":"Unauthorized"}"#, DoctorObservations.Failure.Kind.credentials), (403, "", .notEnabled),
            (400, #"{"message":"appid is invalid"}"#, .notEnabled), (400, #"{"code":400,"reason":"invalid_appid"}"#, .notEnabled),
            (500, "", .other), (400, #"{"code":1001,"reason":"invalid resourceId"}"#, nil),
            (404, #"{"code":404,"reason":"failed to find worker"}"#, nil),
        ] as [(Int, String, DoctorObservations.Failure.Kind?)])
    func recording(status: Int, body: String, kind: DoctorObservations.Failure.Kind?) async throws {
        let reply = try await observe([.cloudRecording], ScriptedHTTP(answer(status, body))).replies[.cloudRecording]
        if case .failed(let failure) = reply { #expect(failure.kind == kind) } else { #expect(reply == .answered(nil) && kind == nil) }
    }

    @Test("what a refused list means", arguments: [(401, DoctorObservations.Failure.Kind.credentials), (403, .notEnabled), (400, .other)])
    func refused(status: Int, kind: DoctorObservations.Failure.Kind) async throws {
        let reply = try await observe([.mediaPush], ScriptedHTTP(answer(status, #"{"message":"no"}"#))).replies[.mediaPush]
        guard case .failed(let failure) = reply else {
            Issue.record("\(String(describing: reply))")
            return
        }
        #expect(failure.kind == kind && failure.text.contains("\(status)"))
    }

    @Test("both global hosts are tried without credentials; any answer is one, and its date tells the clock")
    func hosts() async throws {
        let date = "Sat, 14 Mar 2026 09:01:40 GMT"  // 100 s after the clock's begin
        let hosts = ScriptedHTTP(
            .success(HTTPResponse(status: 404, headers: HTTPHeaders([("date", date)]))),
            .failure(TransportError(.couldNotResolve, effect: .none, peer: "api.sd-rtn.com:443", detail: "no address")))
        let seen = try await observe([], ScriptedHTTP(), hosts: hosts)
        #expect(seen.hosts.map(\.name) == ["api.agora.io", "api.sd-rtn.com"] && seen.hosts.map(\.isPrimary) == [true, false])
        #expect(seen.hosts[0] == .init(name: "api.agora.io", isPrimary: true, trouble: nil, ahead: 100.5))
        #expect(seen.hosts[1].trouble?.contains("no address") == true)
        #expect(hosts.requests.map(\.url) == ["https://api.agora.io/", "https://api.sd-rtn.com/"])
        #expect(hosts.requests.allSatisfy { $0.headers.isEmpty && $0.method == "GET" })
        #expect(HostProbe.seconds("yesterday") == nil)
    }
}
