import Foundation
import Testing

@testable import MediaEvents

@Suite("Vendor samples") struct FixtureTests {
    @Test("there is a sample of every event but of the RTC channel's, of which there is one")
    func folder() {
        let shown = Set(Fixture.all.map(\.type))
        let missing = EventCatalog.standard.allTypes.filter { !shown.contains($0) && !$0.name.hasPrefix("rtc-channel.") }
        #expect(missing == [])
        #expect(Fixture.all.count > 100)
    }

    @Test("every field of a sample comes back under its own name with its own value", arguments: Fixture.all)
    func allFields(fixture: Fixture) throws {
        let decoded = EventDecoder().decode(try fixture.bytes())
        #expect(decoded.type == fixture.type)
        #expect(decoded.status == .typed)
        #expect(try fields(decoded) as NSDictionary == fixture.expected() as NSDictionary)
    }

    @Test("outcome and subject are those of the sample", arguments: Fixture.vod)
    func outcomeAndSubject(fixture: Fixture) throws {
        let event = try #require(EventDecoder().decode(try fixture.bytes()).event)
        #expect(event.outcome?.isSuccess == fixture.isSuccess)
        #expect(event.outcome?.word == (try fixture.object()["Status"] as? String))
        #expect(event.subject == (try fixture.object()[fixture.subjectKeys[0]] as? String))
    }

    @Test("an event with an envelope has no outcome, and is about what its part names", arguments: Fixture.agora + Fixture.own)
    func agoraSubject(fixture: Fixture) throws {
        let event = try #require(EventDecoder().decode(try fixture.bytes()).event)
        #expect(event.outcome == nil)
        let payload = try #require(try fixture.object()[fixture.part])
        #expect(event.subject == value(in: payload, at: fixture.subjectKeys[0]) as? String)
    }

    @Test("the body is at hand, byte for byte", arguments: Fixture.all)
    func textAtHand(fixture: Fixture) throws {
        let bytes = try fixture.bytes()
        let decoded = EventDecoder().decode(bytes)
        #expect(decoded.json == bytes)
        #expect(decoded.encoding == .plain)
    }

    @Test("an event that was printed reads back as the same event", arguments: EventCatalog.standard.entries.map(\.type))
    func roundTrip(type: EventType) throws {
        let entry = try #require(EventCatalog.standard[type])
        let sample = try #require(EventDecoder().decode(Array(entry.sample.utf8)).event)
        let printed = try EventPrinter.fields(of: sample)
        let again = try #require(EventDecoder().decode(printed).event)
        #expect(try EventPrinter.fields(of: again) == printed)
    }

    @Test("types of the fields are those of the vendor's table")
    func swiftTypes() throws {
        let bytes = try #require(Fixture.all.first { $0.name == "TranscodeComplete.success" }).bytes()
        let event = try EventDecoder().decode(bytes).event(as: TranscodeComplete.self)
        let streams = try #require(event.streamInfos)
        #expect(streams.map(\.outcome?.isSuccess) == [true, true, false])
        #expect(streams[0].bitrate == "496" && streams[0].size == 19_377_120 && streams[0].isAudio == false)
        #expect(streams[1].duration == 312 && streams[1].finishTime?.unixMilliseconds == 1_748_938_623_000)
        #expect(streams[2].errorCode == "InvalidParameter.ResourceContentBad" && streams[2].duration == nil)
        #expect(event.eventTime?.text == "2025-06-03T08:17:05Z")
    }

    @Test("the URL of a snapshot has its number in five digits")
    func snapshotURL() throws {
        let event = try EventSample.event(SnapshotComplete.self)
        let snapshot = try #require(event.snapshotInfos?.first)
        #expect(snapshot.imageURL(1)?.hasSuffix("-00001.jpg") == true)
        #expect(snapshot.imageURL(8)?.hasSuffix("-00008.jpg") == true)
        #expect(snapshot.imageURL(9) == nil && snapshot.imageURL(0) == nil)
    }
}
