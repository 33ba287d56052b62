import Foundation
import HTTPTransport
import Logging
import MediaEvents
import Settings
import TestSupport
import Testing

@testable import StreamServices

@Suite("Replies") struct ReplyTests {
    private func read<Object: VendorObject>(_ name: String, as type: Object.Type) throws -> Object {
        try VendorReply.read(try Exchange.named(name).responseBytes())
    }

    private func lists(_ http: ScriptedHTTP) -> TaskLists {
        let client = AgoraClient(
            http: http, account: .init(key: "k", secret: Secret("s")), directory: HostDirectory(AgoraSection()), rates: MemoryRates(),
            clock: LeapingClock(), logger: RecordingLog().logger)
        return TaskLists(client, appID: Exchange.appID)
    }

    private func recorded(_ name: String) throws -> Result<HTTPResponse, TransportError> {
        .success(HTTPResponse(status: 200, body: try Exchange.named(name).responseBytes()))
    }

    @Test(
        "the state of a converter is found at the top level and below",
        arguments: [("get-running", "running"), ("get-failed", "failed"), ("get-raw", nil), ("create-transcoded", "connecting")])
    func states(name: String, state: String?) throws {
        let reply = try read("media-push.\(name)", as: ConverterReply.self)
        #expect(reply.currentState == state)
        if name == "create-transcoded" { #expect(reply.converter?.id != nil) }
    }

    @Test("a list of converters is followed to its end, numbers as text")
    func converters() async throws {
        let http = ScriptedHTTP(try recorded("media-push.list-page-1"), try recorded("media-push.list-page-2"))
        let members = try await lists(http).converters()
        #expect(members.count == 3 && members[0].create == 1_773_478_800 && members[0].state == "running")
        #expect(http.requests.count == 2 && http.requests[1].url.hasSuffix("?cursor=2"))
    }

    @Test("a list of players is followed to its end; an element with id and name alone is one that lives")
    func players() async throws {
        let http = ScriptedHTTP(try recorded("media-pull.list-page-1"), try recorded("media-pull.list-page-2"))
        let players = try await lists(http).players(channel: "stage7")
        #expect(players.count == 3 && http.requests[1].url.contains("pageToken=9f153f3d6"))
        let sparse = try read("media-pull.list-sparse", as: PlayerPage.self)
        #expect(sparse.players.map(\.status) == [nil, nil] && sparse.nextToken == nil && sparse.players[0].createTs == 1_773_480_001)
    }

    @Test("the end of a list in all its spellings", arguments: ["null", "\"\"", "\"0\"", "0", "0.0"])
    func ends(mark: String) throws {
        let page: PlayerPage = try VendorReply.read(Array(#"{"players":[],"nextPageToken":\#(mark)}"#.utf8))
        #expect(page.nextToken == nil)
    }

    @Test("half a list is an error, and so is one without an end")
    func halves() async throws {
        let page = #"{"players":[{"id":"a"}],"nextPageToken":"x"}"#
        let (first, endless) = (HTTPResponse(status: 200, body: Array(page.utf8)), HTTPResponse(status: 200, body: Array(page.utf8)))
        await #expect(throws: AgoraError.self) { try await lists(ScriptedHTTP(.success(first), .status(403))).players() }
        await #expect(throws: UndecodableBody.self) { try await lists(ScriptedHTTP(.success(first), .success(endless))).players() }
        await #expect(throws: UndecodableBody.self) {
            try await lists(ScriptedHTTP(.success(HTTPResponse(status: 200, body: Array("{}".utf8))))).players()
        }
    }
}
