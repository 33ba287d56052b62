import Foundation
import Testing

@Suite("The file of wanted tasks", .timeLimit(.minutes(1))) struct WishFileTests {
    /// Simulated seconds in a real one: the file is read every minute.
    private static let speed = 60

    private struct Scene {
        let bench: Workbench
        let stage: StreamStoryStage
        let configuration: String
        let worker: Program

        /// - Parameter keys: Of the wanted pushes' addresses, by name.
        func want(_ keys: [String: String]) throws { try Scene.write(keys, bench) }

        static func write(_ keys: [String: String], _ bench: Workbench) throws {
            let wishes = keys.map { StreamStoryStage.push($0, key: $1) }
            // In one step: the worker may read at any time.
            let file = try bench.write("wishes.new", "[" + wishes.joined(separator: ",") + "]")
            guard rename(file, bench.path("wishes.json")) == 0 else { throw HarnessError("wishes.json could not be put in place") }
        }

        func eventuallyRunning(_ names: [String]) async throws {
            try await eventually("\(names) run", within: .seconds(15)) {
                guard worker.isRunning else { throw HarnessError("the worker ended: \(worker.errors)") }
                return try await stage.report().tasks.filter { $0.end == nil }.map(\.name).sorted() == names
            }
        }

        func eventuallySaid(_ words: String, of name: String) async throws {
            try await eventually(words, within: .seconds(15)) {
                worker.errors.split(separator: "\n").contains { $0.contains(words) && $0.hasSuffix("task=\(name)") }
            }
        }
    }

    private func play(_ keys: [String: String], _ body: (Scene) async throws -> Void) async throws {
        try await Workbench.with { bench in
            try await bench.serve(["--allow-unsigned"])
            try await bench.succeed(["queue", "create", "media-events"])
            let start = Int(Date().timeIntervalSince1970)
            let clock = #""clock":{"speed":\#(Self.speed),"start":\#(start)}"#
            let stage = try await StreamStoryStage(bench, script: #"\#(clock),"rates":{"slack":1}"#)
            try Scene.write(keys, bench)
            let configuration = try stage.configuration("[agora.rehearsal]\nspeed = \(Self.speed)\nstart = \(start)")
            let worker = try bench.start(["run", "--config", configuration])
            try await body(Scene(bench: bench, stage: stage, configuration: configuration, worker: worker))
            worker.signal(SIGTERM)
            #expect(try await worker.end(within: .seconds(20)).code == 0)
            #expect(try await stage.report().doubles.isEmpty)
        }
    }

    @Test("what is new in it is made, what left it is deleted, what stays is left alone")
    func changes() async throws {
        try await play(["stays": "k1", "leaves": "k2"]) { scene in
            try await scene.eventuallyRunning(["leaves", "stays"])
            try scene.want(["stays": "k1", "comes": "k3"])
            try await scene.eventuallyRunning(["comes", "stays"])
            #expect(try await scene.stage.report().tasks.map(\.name).sorted() == ["comes", "leaves", "stays"], "each was made once")
            try await scene.eventuallySaid("a task left the file of wanted ones and is ended", of: "leaves")
            // Nothing is wanted any more.
            try scene.want([:])
            try await scene.eventuallyRunning([])
        }
    }

    @Test("a task that was changed in it goes on as it was, and that is said")
    func changed() async throws {
        try await play(["stage": "old"]) { scene in
            try await scene.eventuallyRunning(["stage"])
            try scene.want(["stage": "new"])
            try await scene.eventuallySaid("a wanted task was changed in its file", of: "stage")
            let tasks = try await scene.stage.report().tasks
            #expect(tasks.map(\.address) == ["rtmp://127.0.0.1:1/live/old"] && tasks.first?.end == nil)
        }
    }

    @Test("a name of the command line's is not taken over by the file, nor ended with it")
    func commandLine() async throws {
        try await play([:]) { scene in
            let task = ["--region", "eu", "--channel", "c", "--uid", "1", "--rtmp-url", "rtmp://127.0.0.1:1/live/own", "--forever"]
            try await scene.bench.succeed(["agora", "push", "create", "held", "--config", scene.configuration] + task)
            try await scene.eventuallyRunning(["held"])
            try scene.want(["held": "other", "beside": "k1"])
            try await scene.eventuallySaid("command line", of: "held")
            try await scene.eventuallyRunning(["beside", "held"])
            try scene.want([:])
            try await scene.eventuallyRunning(["held"])
            #expect(try await scene.stage.report().tasks.first { $0.name == "held" }?.address == "rtmp://127.0.0.1:1/live/own")
        }
    }
}
