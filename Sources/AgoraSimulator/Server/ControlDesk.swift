/// What the simulator itself answers, under `/_simulator/`: to whoever rehearses with it, without a key.
struct ControlDesk: Sendable {
    static let path = "/_simulator/"

    let engine: SimulatorEngine

    func answer(_ method: String, _ target: String, _ body: [UInt8]) -> APIAnswer {
        switch (method, target.dropFirst(Self.path.utf8.count).prefix { $0 != "?" }) {
        case ("GET", "state"): APIAnswer(200, engine.report)
        case ("GET", "clock"): clock(moving: 0)
        case ("POST", "clock"): moveClock(body)
        case ("POST", "steps"): addStep(body)
        default: .message(404, "there are GET state, GET clock, POST clock and POST steps")
        }
    }

    private func moveClock(_ body: [UInt8]) -> APIAnswer {
        guard let seconds = (try? JSONValue(parsing: body))?["advance"]?.real, 0...10_000_000 ~= seconds else {
            return .message(400, "the body has to be {\"advance\": SECONDS}, 0...10000000")
        }
        return clock(moving: Int64(seconds * 1000))
    }

    private func clock(moving milliseconds: Int64) -> APIAnswer { APIAnswer(200, ["now": .integer(engine.advance(by: milliseconds))]) }

    private func addStep(_ body: [UInt8]) -> APIAnswer {
        do throws(ScriptMistake) {
            try engine.add(body)
            return APIAnswer(200, [:])
        } catch {
            return .message(400, error.description)
        }
    }
}
