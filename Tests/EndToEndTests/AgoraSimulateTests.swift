import Foundation
import HTTPTransport
import Settings
import Testing

@Suite("agora simulate")
struct AgoraSimulateTests {
    @Test("the first line says where it listens, --config prints hosts and clock, and the last line is the report", .timeLimit(.minutes(1)))
    func output() async throws {
        try await Workbench.with { bench in
            let file = try bench.write(
                "script.json", #"{"hosts": {"api.agora.io": "127.0.0.2:0", "api.sd-rtn.com": "127.0.0.3:0"}, "clock": {"speed": 20}}"#)
            let program = try bench.start(["agora", "simulate", "--script", file, "--config"])
            let lines = try await eventually("its addresses", within: .seconds(20)) {
                guard program.isRunning else { throw HarnessError("it ended: \(program.errors)") }
                let lines = program.output.split(separator: "\n").map(String.init)
                return lines.count == 7 ? lines : nil
            }
            let first = try #require(try JSONSerialization.jsonObject(with: Data(lines[0].utf8)) as? [String: Any])
            let hosts = try #require(first["hosts"] as? [String: String])
            #expect((first["clock"] as? [String: Double])?["speed"] == 20)
            #expect(lines[1] == "[agora.hosts]")
            #expect(lines[2] == "\"api.agora.io\" = \"\(hosts["api.agora.io"] ?? "")\"")
            #expect(hosts["api.sd-rtn.com"]?.hasPrefix("127.0.0.3:") == true)
            let start = try #require((first["clock"] as? [String: Double])?["start"])
            #expect(Array(lines[4...]) == ["[agora.rehearsal]", "speed = 20", "start = \(Int(start))"])
            let control = try #require(first["control"] as? String)
            let state = try await HTTPTransport(name: "rehearsal").perform(
                HTTPRequest(method: "GET", url: "http://\(control)/_simulator/state"))
            #expect(state.status == 200)
            program.signal(SIGTERM)
            let end = try await program.end(within: .seconds(10))
            #expect(end.code == 0)
            #expect(end.output.split(separator: "\n").last?.hasPrefix(#"{"alive":{"#) == true)
        }
    }

    @Test("a port that is taken ends it, and says which", .timeLimit(.minutes(1)))
    func takenPort() async throws {
        try await Workbench.with { bench in
            let first = try bench.start(["agora", "simulate", "--script", try bench.write("first.json", "{}")])
            let control = try await addresses(of: first)
            // A script that names none has all of Agora's hosts.
            #expect(control.hosts.keys.sorted() == AgoraHost.all.map { "\($0)" }.sorted())
            let script = #"{"hosts": {"api.agora.io": "127.0.0.2:0"}, "control": "\#(control.control)"}"#
            let end = try await bench.run(["agora", "simulate", "--script", try bench.write("second.json", script)], within: .seconds(20))
            #expect(end.code == 69)
            #expect(end.errors.contains("Cannot listen on \(control.control) as the control address"))
        }
    }

    @Test("a rehearsal's doctor sees the simulated clock", .timeLimit(.minutes(1)))
    func doctor() async throws {
        try await Workbench.with { bench in
            let start = Int(Date().timeIntervalSince1970)
            let hosts = AgoraHost.all.enumerated().map { "\"\($1)\":\"127.0.0.\($0 + 2):0\"" }.joined(separator: ",")
            let project = #"{"appID": "app", "customerKey": "id", "customerSecret": "secret"}"#
            let script = #"{"project": \#(project), "hosts": {\#(hosts)}, "clock": {"speed": 20, "start": \#(start - 60)}}"#
            let program = try bench.start(["agora", "simulate", "--script", try bench.write("script.json", script)])
            let hostLines = try await addresses(of: program).hosts.sorted { $0.key < $1.key }.map { "\"\($0.key)\" = \"\($0.value)\"" }
            for (rehearsal, status) in [("speed = 20\nstart = \(start - 60)", "ok"), ("speed = 1\nstart = \(start)", "failed")] {
                let agora = "[agora]\napp_id = \"app\"\ncustomer_key = \"id\"\ncustomer_secret = \"secret\"\n"
                let file = try bench.write(
                    "doctor.conf",
                    agora + "[agora.rehearsal]\n\(rehearsal)\n[agora.hosts]\n" + hostLines.joined(separator: "\n") + "\n")
                let rows = try await bench.run(["agora", "doctor", "--json", "--config", file]).array
                #expect(rows.first { $0["item"] as? String == "clock" }?["status"] as? String == status)
            }
        }
    }

    private struct Addresses: Decodable {
        let hosts: [String: String]
        let control: String
    }

    /// From the first line that the simulator prints.
    private func addresses(of program: Program) async throws -> Addresses {
        let line = try await eventually("its addresses", within: .seconds(20)) {
            guard program.isRunning else { throw HarnessError("it ended: \(program.errors)") }
            return program.output.split(separator: "\n").first.map(String.init)
        }
        return try JSONDecoder().decode(Addresses.self, from: Data(line.utf8))
    }

    @Test("a script with a mistake is refused with its path", .timeLimit(.minutes(1)))
    func mistake() async throws {
        try await Workbench.with { bench in
            let file = try bench.write("script.json", #"{"steps": [{"at": 3, "do": "explode"}]}"#)
            let end = try await bench.run(["agora", "simulate", "--script", file])
            #expect(end.code == 78)
            #expect(end.errors.contains("steps[0].do must be one of fail, destroy"))
        }
    }
}
