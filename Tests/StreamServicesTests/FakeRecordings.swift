import Foundation
import HTTPTransport
import Synchronization

/// Cloud Recording in memory, behind the seam of the transport: what runs, what was called, and what is to go wrong.
final class FakeRecordings: HTTPExchanging {
    struct Recording: Equatable {
        let sid: String
        let resourceID: String
        let uid: String
        var status = 5
        /// Answers 404: it is on its way to another server.
        var isMoving = false
    }

    private struct State {
        var recordings: [Recording] = []
        var calls: [String] = []
        var bodies: [String: [UInt8]] = [:]
        var fault: (@Sendable (_ call: String) -> Int?)?
        var faultAfter: (@Sendable (_ call: String) -> Int?)?
        var last = 0
    }

    private let state = Mutex(State())

    var recordings: [Recording] { state.withLock { $0.recordings } }
    /// `acquire 1`, `start 1`, `query s1`, `stop s1`, `updateLayout s1 1`.
    var calls: [String] { state.withLock { $0.calls } }
    func count(_ prefix: String) -> Int { calls.count { $0.hasPrefix(prefix) } }
    /// The `clientRequest` of the latest such call.
    func request(_ call: String) -> [String: Any]? { Self.body(state.withLock { $0.bodies[call] })?["clientRequest"] as? [String: Any] }

    func change(_ sid: String, _ body: (inout Recording) -> Void) {
        state.withLock { state in
            if let index = state.recordings.firstIndex(where: { $0.sid == sid }) { body(&state.recordings[index]) }
        }
    }

    func remove(_ sid: String) { state.withLock { $0.recordings.removeAll { $0.sid == sid } } }
    /// Answers so, without and after having done what was asked.
    func fail(_ fault: (@Sendable (_ call: String) -> Int?)?, after: (@Sendable (_ call: String) -> Int?)? = nil) {
        state.withLock { ($0.fault, $0.faultAfter) = (fault, after) }
    }

    func perform(_ request: HTTPRequest) async throws(TransportError) -> HTTPResponse {
        let parts = (URL(string: request.url)?.path ?? "").split(separator: "/").map(String.init)
        let operation = parts.last ?? ""
        let bytes = request.body
        let uid = Self.body(bytes)?["uid"] as? String ?? ""
        func part(_ name: String) -> String { parts.firstIndex(of: name).map { parts[$0 + 1] } ?? "" }
        let (sid, resourceID) = (part("sid"), part("resourceid"))
        let call = [operation, sid, uid].filter { !$0.isEmpty }.joined(separator: " ")
        return state.withLock { state in
            state.calls.append(call)
            state.bodies[call] = bytes
            if let status = state.fault?(call) { return answer(status, ["code": status, "reason": "made so by the test"]) }
            let done = perform(operation, uid, sid, resourceID, &state)
            return state.faultAfter?(call).map { answer($0, ["code": $0, "reason": "made so by the test"]) } ?? done
        }
    }

    private func perform(_ operation: String, _ uid: String, _ sid: String, _ resourceID: String, _ state: inout State) -> HTTPResponse {
        switch operation {
        case "acquire":
            state.last += 1
            return answer(200, ["resourceId": "r\(state.last)"])
        case "start":
            guard !state.recordings.contains(where: { $0.uid == uid }) else { return answer(400, ["code": 53, "reason": "conflict"]) }
            let made = Recording(sid: "s\(state.last)", resourceID: resourceID, uid: uid)
            state.recordings.append(made)
            return answer(200, ["sid": made.sid, "resourceId": resourceID])
        default:
            let index = state.recordings.firstIndex { $0.sid == sid && $0.resourceID == resourceID && !$0.isMoving }
            guard let index else { return answer(404, ["code": 404, "reason": "Failed to find worker."]) }
            let found = state.recordings[index]
            if operation == "stop" { state.recordings.remove(at: index) }
            return answer(200, ["sid": sid, "resourceId": resourceID, "serverResponse": ["status": found.status]])
        }
    }

    private static func body(_ bytes: [UInt8]?) -> [String: Any]? {
        bytes.flatMap { try? JSONSerialization.jsonObject(with: Data($0)) } as? [String: Any]
    }

    private func answer(_ status: Int, _ body: [String: Any]) -> HTTPResponse {
        let bytes = (try? JSONSerialization.data(withJSONObject: body)).map { [UInt8]($0) } ?? []
        return HTTPResponse(status: status, body: bytes)
    }
}
