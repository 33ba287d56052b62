import Foundation
import Testing

@testable import AgoraSimulator

/// A simulation whose time a test moves, with a caller that has the right key.
struct Bench {
    static let start: Int64 = 1_773_478_800_000
    static let authorization = "Basic ZXhhbXBsZS1jdXN0b21lci1pZDpleGFtcGxlLWN1c3RvbWVyLXNlY3JldA=="
    static let app = "9bdd1bebb0f3f919556d5410434d7ad4"

    var simulation: Simulation
    private(set) var now = Bench.start
    private(set) var letters: [JSONValue] = []

    init(_ script: String = "{}") throws {
        simulation = Simulation(try SimulatorScript(parsing: Array(script.utf8)), start: Self.start)
    }

    mutating func pass(_ seconds: Double) {
        now += Int64(seconds * 1000)
        simulation.advance(to: now)
        for letter in simulation.takeLetters() {
            if let body = try? JSONValue(parsing: letter.body) { letters.append(body) }
            simulation.attempted(letter, isDelivered: true)
        }
    }

    /// Event types of one product, in the order of sending.
    func events(_ service: AgoraService) -> [Int64] {
        letters.filter { $0["productId"]?.whole == service.productID }.compactMap { $0["eventType"]?.whole }
    }

    mutating func reply(
        _ method: String, _ target: String, _ body: JSONValue? = nil, authorization: String? = Bench.authorization,
        requestID: String? = nil, contentType: String? = "application/json;charset=utf-8", host: String = "api.agora.io"
    ) -> Reply {
        let call = APICall(
            method: method, target: target, authorization: authorization, requestID: requestID, contentType: contentType,
            body: body?.bytes ?? [])
        return simulation.answer(call, from: host, at: now)
    }

    mutating func ask(_ method: String, _ target: String, _ body: JSONValue? = nil) throws -> APIAnswer {
        guard case .answer(let answer) = reply(method, target, body) else {
            throw ScriptMistake(path: target, rule: "was not answered")
        }
        return answer
    }

    // MARK: Usual calls

    static func converters(_ tail: String = "") -> String { "/eu/v1/projects/\(app)/rtmp-converters\(tail)" }
    static func players(_ tail: String = "") -> String { "/na/v1/projects/\(app)/cloud-player/players\(tail)" }
    static let converterList = "/v1/projects/\(app)/rtmp-converters"
    static let playerList = "/v1/projects/\(app)/cloud-player/players"
    static func recording(_ tail: String) -> String { "/v1/apps/\(app)/cloud_recording/\(tail)" }

    static func converter(_ name: String, address: String? = nil) -> JSONValue {
        [
            "converter": [
                "name": .string(name), "rawOptions": ["rtcChannel": "stage7", "rtcStreamUid": 3101],
                "rtmpUrl": .string(address ?? "rtmp://push.example.com/live/\(name)"), "idleTimeout": 300,
            ]
        ]
    }

    static func player(_ name: String, uid: Int64 = 9901) -> JSONValue {
        [
            "player": [
                "name": .string(name), "streamUrl": "rtmp://origin.example.net/live/relay-42", "channelName": "stage7",
                "uid": .integer(uid), "idleTimeout": 300,
            ]
        ]
    }

    mutating func push(_ name: String = "stage7_a") throws -> String {
        let answer = try ask("POST", Self.converters(), Self.converter(name))
        return try #require(answer.body?[path: "converter.id"]?.text, "\(answer)")
    }

    mutating func pull(_ name: String = "stage7_901", uid: Int64 = 9901) throws -> String {
        let answer = try ask("POST", Self.players(), Self.player(name, uid: uid))
        return try #require(answer.body?[path: "player.id"]?.text, "\(answer)")
    }

    struct Recording {
        let path: String
        let body: JSONValue
        let sid: String
    }

    static func identity(_ uid: String = "700001", _ request: JSONValue = [:]) -> JSONValue {
        ["cname": "stage7", "uid": .string(uid), "clientRequest": request]
    }

    static let mix: JSONValue = [
        "recordingConfig": ["maxIdleTime": 300], "recordingFileConfig": ["avFileType": ["hls", "mp4"]],
        "storageConfig": ["vendor": 1, "region": 7, "bucket": "b", "accessKey": "k", "secretKey": "s"],
    ]

    mutating func acquire(_ uid: String = "700001") throws -> String {
        try #require(try ask("POST", Self.recording("acquire"), Self.identity(uid)).body?["resourceId"]?.text)
    }

    mutating func record(_ uid: String = "700001") throws -> Recording {
        let resource = try acquire(uid)
        let answer = try ask("POST", Self.recording("resourceid/\(resource)/mode/mix/start"), Self.identity(uid, Self.mix))
        let sid = try #require(answer.body?["sid"]?.text, "\(answer)")
        return Recording(path: Self.recording("resourceid/\(resource)/sid/\(sid)/mode/mix/"), body: Self.identity(uid), sid: sid)
    }

    mutating func query(_ recording: Recording) throws -> APIAnswer { try ask("GET", recording.path + "query") }
}

extension APIAnswer {
    var code: Int64? { body?["code"]?.whole }
}
