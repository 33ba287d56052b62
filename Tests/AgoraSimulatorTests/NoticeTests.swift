import Crypto
import Foundation
import Testing

@testable import AgoraSimulator

@Suite("Notifications") struct NoticeTests {
    private static func plan(_ conditions: PostConditions = PostConditions(delay: 0...0)) -> NotificationPlan {
        NotificationPlan(url: "http://127.0.0.1:1/agora", secrets: [.mediaPush: "p"], conditions: conditions)
    }

    private static func notice(_ number: Int, at moment: Int64 = 0, task: String = "c1") -> Notice {
        Notice(service: .mediaPush, type: 3, task: task, at: moment, payload: ["number": .integer(Int64(number)), "lts": .integer(moment)])
    }

    @Test("bodies have the documented keys and types")
    func shapes() throws {
        var bench = try Bench.telling(#""steps": [{"at": 200, "do": "fault", "seconds": 30}]"#)
        let body = try Fixture.rest("media-push.create-transcoded.request")
        let push = try #require(try bench.ask("POST", Bench.converters(), body).headers["X-Resource-ID"])
        let pull = try bench.ask("POST", Bench.players(), try Fixture.rest("media-pull.create.request"))
        let recording = try bench.record()
        bench.pass(100)
        let change = try Fixture.rest("media-push.update-rtmp-url.request")
        _ = try bench.ask("PATCH", Bench.converters("/\(push)?sequence=0"), change)
        _ = try bench.ask("DELETE", Bench.converters("/\(push)"))
        _ = try bench.ask("DELETE", Bench.players("/\(pull.headers["X-Resource-ID"] ?? "")"))
        bench.pass(150)
        _ = try bench.ask("POST", recording.path + "stop", recording.body)
        bench.pass(10)
        let samples = [
            (5, 2, "media-push.2.rtmp-url-updated"), (5, 3, "media-push.3.running"), (5, 4, "media-push.4.delete-request"),
            (4, 1, "media-pull.1.created-uid"), (4, 3, "media-pull.3.delete-request"), (4, 4, "media-pull.4.running"),
            (3, 40, "cloud-recording.40.recorder-started"), (3, 30, "cloud-recording.30.uploader-started"),
            (3, 42, "cloud-recording.42.recorder-slice-start"), (3, 4, "cloud-recording.4.file-infos"),
            (3, 12, "cloud-recording.12.session-failover"), (3, 41, "cloud-recording.41.recorder-leave-client"),
            (3, 11, "cloud-recording.11.session-exit-normal"), (3, 31, "cloud-recording.31.uploaded-composite-mp4"),
        ]
        for (product, type, name) in samples {
            let told = bench.letters.first { $0["productId"]?.whole == Int64(product) && $0["eventType"]?.whole == Int64(type) }
            let body = try #require(told, "nothing like \(name)")
            #expect(Shape(body) == Shape(try Fixture.notice(name)), "\(name)")
        }
        let created = try #require(
            bench.letters.first { $0["productId"] == 5 && $0["eventType"] == 1 }?[path: "payload.converter"]?.members)
        let sample = try #require(try Fixture.notice("media-push.1.created-transcoded")[path: "payload.converter"]?.members)
        #expect(created.keys.sorted() == sample.keys.sorted())
    }

    @Test("both signatures are the HMACs of the bytes: Agora's published way, by a computed vector")
    func signatures() throws {
        let text =
            #"{"noticeId":"b1e8496bf3cbed88df90d820138a6caf","productId":5,"eventType":3,"notifyMs":1773479742530,"payload":{"converter":{"id":"dfca7a51ee1143901e674e3706a46e64","createTs":1773478800,"updateTs":1773478800,"state":"failed"},"lts":1773479742350,"fields":"id,createTs,updateTs,state"}}"#
        let headers = NoticeSigner(secret: "push-notify-secret-EXAMPLE").headers(for: Array(text.utf8))
        #expect(headers.map(\.name) == ["Content-Type", "Agora-Signature", "Agora-Signature-V2"])
        #expect(headers[1].value == "7ca9e0ef9c24072b174d72f91b0123b7eea3e7c1")
        #expect(headers[2].value == "d676e19677e3f2050d8dc05d3c9fee4b96d37fbebc9592d43e8058bad5ab3509")
    }

    @Test("what is not answered is sent at once, after 10 s, after 30 s, with the same id and a new time, and then given up")
    func resending() throws {
        var post = PostOffice(Self.plan(), seed: 1)
        post.post(Self.notice(1), at: 0)
        var (moments, bodies) = ([Int64](), [JSONValue]())
        while let next = post.next {
            for delivery in post.take(at: next) {
                moments.append(next)
                bodies.append(try JSONValue(parsing: post.body(of: delivery, at: next)))
                post.attempted(delivery, isDelivered: false, at: next)
            }
        }
        #expect(moments == [0, 0, 10_000, 40_000])
        #expect(Set(bodies.map { $0["noticeId"] }).count == 1 && bodies.map { $0["notifyMs"]?.whole } == moments)
        #expect(post.counts.givenUp == 1 && post.counts.failedAttempts == 4)
    }

    @Test("those of one task stay in order, unless they are shuffled")
    func order() {
        func order(_ conditions: PostConditions) -> [Int64?] {
            var post = PostOffice(Self.plan(conditions), seed: 1)
            for number in 0..<20 { post.post(Self.notice(number), at: 0) }
            return post.take(at: 1_000_000).map { $0.notice.payload["number"]?.whole }
        }
        #expect(order(PostConditions(delay: 0...5)) == Array(0..<20))
        #expect(order(PostConditions(delay: 0...5, shuffle: 5)) != Array(0..<20))
    }

    @Test("a part is lost and a part comes twice, every other double with another id")
    func lossAndDoubles() {
        var post = PostOffice(Self.plan(PostConditions(loss: 0.3, delay: 0...0, duplicates: 0.3)), seed: 3)
        for number in 0..<1000 { post.post(Self.notice(number, task: "c\(number)"), at: 0) }
        let sent = post.take(at: 1_000_000)
        #expect(250...350 ~= post.counts.lost && 160...260 ~= post.counts.duplicated)
        #expect(sent.count == 1000 - post.counts.lost + post.counts.duplicated)
        let ids = Set(sent.map(\.noticeID)).count
        #expect(ids > 1000 - post.counts.lost && ids < sent.count)
    }

    @Test("only what is subscribed is sent, and only for services with a secret")
    func subscription() {
        var plan = Self.plan()
        plan.events = [.mediaPush: [4]]
        var post = PostOffice(plan, seed: 1)
        post.post(Self.notice(1), at: 0)
        post.post(Notice(service: .mediaPull, type: 3, task: "p", at: 0, payload: [:]), at: 0)
        #expect(post.next == nil && post.counts.told == 0)
    }
}
