import Foundation
import HTTPTransport
import Synchronization

/// Converters and players in memory, behind the seam of the transport: what there is, what was called, and what is to go wrong.
final class FakeAgora: HTTPExchanging {
    struct Job: Equatable {
        let id: String
        let name: String
        let kind: String
        let channel: String
        var uid: Int?
        var created: Int64
        var state = "running"
        /// Answers 404 and is in no list.
        var isHidden = false
        var address: String?
        var token: String?
        /// Lists say its id, name and creation alone.
        var isSparse = false
    }

    private struct State {
        var jobs: [Job] = []
        var calls: [String] = []
        var fault: (@Sendable (_ call: String) -> Fault?)?
        var last = 0
    }

    enum Fault {
        case status(Int)
        /// Answered so after it was carried out.
        case statusAfter(Int)
        case lostAfter
        case quota
    }

    private let clock: LeapingClock
    private let state = Mutex(State())

    init(_ clock: LeapingClock) { self.clock = clock }

    var jobs: [Job] { state.withLock { $0.jobs } }
    /// `create stage7`, `delete c1`, `get c1`, `list`.
    var calls: [String] { state.withLock { $0.calls } }
    func count(_ prefix: String) -> Int { calls.count { $0.hasPrefix(prefix) } }

    func change(_ id: String, _ body: (inout Job) -> Void) {
        state.withLock { state in
            if let index = state.jobs.firstIndex(where: { $0.id == id }) { body(&state.jobs[index]) }
        }
    }

    func add(_ job: Job) { state.withLock { $0.jobs.append(job) } }
    func remove(_ id: String) { state.withLock { $0.jobs.removeAll { $0.id == id } } }
    func fail(_ fault: (@Sendable (_ call: String) -> Fault?)?) { state.withLock { $0.fault = fault } }

    func perform(_ request: HTTPRequest) async throws(TransportError) -> HTTPResponse {
        let (call, perform) = read(request)
        let fault = state.withLock { state in
            state.calls.append(call)
            return state.fault?(call)
        }
        if case .status(let status)? = fault { return answer(status, ["reason": "made so by the test"]) }
        if case .quota? = fault { return answer(429, ["message": "Resources quota limit exceeded"]) }
        let done = perform()
        switch fault {
        case .statusAfter(let status)?: return answer(status, ["message": "made so by the test"])
        case .lostAfter?: throw TransportError(.connectionLost, effect: .unknown, peer: "api.agora.io:443", detail: "made so by the test")
        default: return done
        }
    }

    private func read(_ request: HTTPRequest) -> (call: String, perform: () -> HTTPResponse) {
        let path = URL(string: request.url)?.path ?? ""
        let kind = path.contains("rtmp-converters") ? "push" : "pull"
        let isList = path.hasSuffix("rtmp-converters") || path.hasSuffix("players")
        let id = path.split(separator: "/").last.map(String.init) ?? ""
        switch (request.method, isList) {
        case ("POST", _):
            let body = request.body.flatMap { try? JSONSerialization.jsonObject(with: Data($0)) } as? [String: [String: Any]]
            let spec = body?[kind == "push" ? "converter" : "player"] ?? [:]
            return ("create \(spec["name"] as? String ?? "-")", { self.create(kind, spec) })
        case ("PATCH", _): return ("update \(id) \(URL(string: request.url)?.query ?? "-")", { self.get(id) })
        case ("DELETE", _):
            return ("delete \(id)", { self.delete(id) })
        case (_, true):
            let channel = path.split(separator: "/").drop { $0 != "channels" }.dropFirst().first.map(String.init)
            let filter = URLComponents(string: request.url)?.queryItems?.first { $0.name == "filter" }?.value
            return ("list \(kind)", { self.list(kind, channel ?? filter?.split(separator: " ").last.map(String.init)) })
        default: return ("get \(id)", { self.get(id) })
        }
    }

    private func create(_ kind: String, _ spec: [String: Any]) -> HTTPResponse {
        let name = spec["name"] as? String ?? ""
        let now = clock.unixMilliseconds / 1000
        return state.withLock { state in
            guard !state.jobs.contains(where: { $0.name == name && $0.kind == kind && !$0.isHidden }) else {
                return answer(409, ["message": "Resource with the same name already exists."])
            }
            state.last += 1
            let id = "\(kind == "push" ? "c" : "p")\(state.last)"
            let raw = spec["rawOptions"] as? [String: Any]
            let channel = spec["channelName"] as? String ?? raw?["rtcChannel"] as? String ?? ""
            var job = Job(id: id, name: name, kind: kind, channel: channel, uid: spec["uid"] as? Int, created: now)
            job.address = spec["rtmpUrl"] as? String ?? spec["streamUrl"] as? String
            job.token = spec["token"] as? String
            state.jobs.append(job)
            let reply: [String: Any] = ["id": id, "createTs": now, "state": "connecting", "status": "connecting"]
            return answer(200, [kind == "push" ? "converter" : "player": reply])
        }
    }

    private func delete(_ id: String) -> HTTPResponse {
        state.withLock { state in
            guard let index = state.jobs.firstIndex(where: { $0.id == id && !$0.isHidden }) else { return answer(404, ["reason": "gone"]) }
            state.jobs.remove(at: index)
            return answer(200, [:])
        }
    }

    private func get(_ id: String) -> HTTPResponse {
        guard let job = jobs.first(where: { $0.id == id && !$0.isHidden }) else { return answer(404, ["reason": "gone"]) }
        return answer(200, ["name": job.name, "state": job.state])
    }

    private func list(_ kind: String, _ channel: String?) -> HTTPResponse {
        let shown = jobs.filter { $0.kind == kind && !$0.isHidden && $0.channel == channel ?? $0.channel }
        if kind == "pull" {
            let players = shown.map { job in
                var player = ["id": job.id, "name": job.name, "createTs": job.created] as [String: Any]
                guard !job.isSparse else { return player }
                (player["status"], player["channelName"], player["streamUrl"]) = (job.state, job.channel, job.address)
                return player
            }
            return answer(200, ["players": players, "totalSize": players.count, "nextPageToken": ""])
        }
        let members = shown.map { job in
            [
                "converterId": job.id.uppercased(), "converterName": job.name, "rtcChannel": job.channel, "create": "\(job.created)",
                "state": job.state, "rtmpUrl": job.address as Any? ?? NSNull(),
            ] as [String: Any]
        }
        return answer(200, ["success": true, "data": ["members": members, "cursor": 0, "total_count": members.count] as [String: Any]])
    }

    private func answer(_ status: Int, _ body: [String: Any]) -> HTTPResponse {
        let bytes = (try? JSONSerialization.data(withJSONObject: body)).map { [UInt8]($0) } ?? []
        return HTTPResponse(status: status, body: bytes)
    }
}
