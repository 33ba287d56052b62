import Foundation
import HTTPTransport
import Settings

/// Agora's stand-in as a process, and a project in it that workers of the bench are configured for.
struct StreamStoryStage {
    let simulator: Program
    /// Where each of Agora's hosts listens.
    var hosts: [String: String]
    private let control: String
    private let bench: Workbench

    private struct Addresses: Decodable {
        let hosts: [String: String]
        let control: String
    }

    /// - Parameter script: The members of a script; project and hosts are added.
    init(_ bench: Workbench, script: String) async throws {
        let hosts = AgoraHost.all.enumerated().map { "\"\($1)\":\"127.0.0.\($0 + 2):0\"" }.joined(separator: ",")
        let project = #""project":{"appID":"app","customerKey":"id","customerSecret":"secret"}"#
        let file = try bench.write("script.json", "{\(project),\"hosts\":{\(hosts)},\(script)}")
        let simulator = try bench.start(["agora", "simulate", "--script", file])
        let line = try await eventually("the simulator's addresses", within: .seconds(20)) {
            guard simulator.isRunning else { throw HarnessError("it ended: \(simulator.errors)") }
            return simulator.output.split(separator: "\n").first.map(String.init)
        }
        let addresses = try JSONDecoder().decode(Addresses.self, from: Data(line.utf8))
        self.simulator = simulator
        self.hosts = addresses.hosts
        control = addresses.control
        self.bench = bench
    }

    /// - Parameter agora: Lines of `[agora]`, and of sections below it.
    /// - Returns: The file for `--config`.
    func configuration(_ agora: String = "") throws -> String {
        try bench.write(
            "worker.conf",
            """
            [handlers]
            enabled = ["stream-keeper", "stream-alarms", "event-archive"]
            [agora]
            app_id = "app"
            customer_key = "id"
            customer_secret = "secret"
            tasks = "wishes.json"
            check_addresses = false
            \(agora)
            [agora.limits]
            media_push = 200
            media_pull = 200
            cloud_recording = 100
            [agora.hosts]
            \(hosts.sorted { $0.key < $1.key }.map { "\"\($0.key)\" = \"\($0.value)\"" }.joined(separator: "\n"))
            """)
    }

    /// What a wanted push looks like in the file of wanted tasks.
    static func push(_ name: String, key: String) -> String {
        """
        {"name":"\(name)","region":"eu","until":"forever","keepUntil":true,"converter":{"rtmpUrl":"rtmp://127.0.0.1:1/live/\(key)",\
        "rawOptions":{"rtcChannel":"c-\(name)","rtcStreamUid":1}}}
        """
    }

    static func pull(_ name: String, uid: Int) -> String {
        """
        {"name":"\(name)","region":"eu","until":"forever","keepUntil":true,"player":{"streamUrl":"rtmp://127.0.0.1:1/live/\(name)",\
        "channelName":"c-\(name)","uid":\(uid)}}
        """
    }

    static func show(_ name: String, uids: (Int, Int)) -> String {
        """
        {"name":"\(name)","cname":"c-\(name)","mode":"mix","uids":["\(uids.0)","\(uids.1)"],\
        "until":"forever","keepUntil":true,"start":{"storageConfig":{"vendor":2,"region":0,"bucket":"b","accessKey":"k","secretKey":"s"}}}
        """
    }

    func report() async throws -> StreamStoryReport {
        let answer = try await HTTPTransport(name: "story").perform(
            HTTPRequest(method: "GET", url: "http://\(control)/_simulator/state"))
        return try JSONDecoder().decode(StreamStoryReport.self, from: Data(answer.body))
    }
}

/// What the simulator says of itself, as far as the story looks at it.
struct StreamStoryReport: Decodable {
    /// Whose content does not matter as long as there is none.
    struct Anything: Decodable {}
    struct Random: Decodable { let done: Int }
    struct Clock: Decodable {
        let start: Int64
        let now: Int64
    }

    /// Of all failures that the service does not mend.
    struct Replacements: Decodable {
        let open: Int
        let p50: Double?
        let p99: Double?
    }

    struct Rate: Decodable {
        let highest: Int
        let limit: Int?
    }

    struct Task: Decodable {
        let name: String
        let service: String
        let address: String?
        let end: Anything?
    }

    /// Times are Unix milliseconds of simulated time, lengths its seconds.
    struct Failure: Decodable {
        let at: Int64
        let kind: String
        let name: String
        let service: String
        let isMended: Bool
        let replaced: Int64?
    }

    struct HostFault: Decodable {
        let from: Int64
        let until: Int64
        let host: String
        let service: String?
        let fault: String
    }

    let clock: Clock
    let alive: [String: [String]]
    let tasks: [Task]
    let doubles: [Anything]
    let foreignTouched: [Anything]
    let rates: [String: Rate]
    let rateViolations: Int
    let failures: [Failure]
    let hostFaults: [HostFault]
    let random: Random?
    let replacements: Replacements

    var running: Int { alive.values.reduce(0) { $0 + $1.count } }
}
