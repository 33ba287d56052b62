import HTTPServing
import NIOCore
import Synchronization

/// The simulation shared by all connections: one lock, and what follows from a change is done after it.
final class SimulatorEngine: Sendable {
    private struct State {
        var simulation: Simulation
        /// The moment that an alarm is set for.
        var alarm: Int64?
        var hung: [(until: Int64, channel: any Channel)] = []
        var isStopped = false
    }

    private let state: Mutex<State>
    private let clock: any SimulatorClock
    private let script: SimulatorScript
    private let letters: AsyncStream<Simulation.Letter>.Continuation
    let outgoing: AsyncStream<Simulation.Letter>
    /// Told whether somebody is to listen, by host.
    private let listening: [String: AsyncStream<Bool>.Continuation]
    let presence: [String: AsyncStream<Bool>]

    init(_ script: SimulatorScript, clock: any SimulatorClock, start: Int64) {
        self.script = script
        self.clock = clock
        state = Mutex(State(simulation: Simulation(script, start: start)))
        (outgoing, letters) = AsyncStream.makeStream()
        let streams = script.hosts.mapValues { _ in AsyncStream<Bool>.makeStream() }
        presence = streams.mapValues(\.stream)
        listening = streams.mapValues(\.continuation)
    }

    func answer(_ call: APICall, from host: String) -> Reply {
        change { simulation, now in simulation.answer(call, from: host, at: now) }
    }

    /// Unix milliseconds of simulated time.
    var now: Int64 { clock.now }

    var report: JSONValue { change { simulation, _ in simulation.report } }

    /// - Returns: The time after it.
    func advance(by milliseconds: Int64) -> Int64 {
        clock.advance(by: milliseconds)
        state.withLock { $0.alarm = nil }  // it would come by the old time
        return change { simulation, _ in simulation.now }
    }

    func add(_ step: [UInt8]) throws(ScriptMistake) {
        let now = change { simulation, _ in Double(simulation.now - simulation.start) / 1000 }
        let step = try script.step(parsing: step, now: now)
        change { simulation, _ in simulation.add(step) }
        timePassed()
    }

    func attempted(_ letter: Simulation.Letter, isDelivered: Bool) {
        change { simulation, _ in simulation.attempted(letter, isDelivered: isDelivered) }
    }

    /// Carries out what time alone does.
    func timePassed() { change { _, _ in } }

    /// The connection is closed then.
    func hang(_ channel: any Channel, until moment: Int64) {
        let isStopped = state.withLock { state in
            state.hung.append((moment, channel))
            return state.isStopped
        }
        if isStopped { channel.close(promise: nil) } else { timePassed() }
    }

    func stop() {
        letters.finish()
        let hung = state.withLock { state in
            defer { state.hung = [] }
            state.isStopped = true
            return state.hung
        }
        for (_, channel) in hung { channel.close(promise: nil) }
    }

    private func change<Result>(_ change: (inout Simulation, _ now: Int64) -> Result) -> Result {
        let (result, ending, delay) = state.withLock { state in
            let now = clock.now
            state.simulation.advance(to: now)
            let result = change(&state.simulation, now)
            state.simulation.advance(to: now)  // what it made due at once
            for letter in state.simulation.takeLetters() { letters.yield(letter) }
            // Inside the lock, so that two changes are told in their order.
            for (host, stream) in listening { stream.yield(state.simulation.isListening(host)) }
            let ending = state.hung.filter { $0.until <= now }
            if !ending.isEmpty { state.hung.removeAll { $0.until <= now } }
            return (result, ending, newAlarm(&state))
        }
        for (_, channel) in ending { channel.close(promise: nil) }
        if let delay { setAlarm(delay) }
        return result
    }

    /// - Returns: When to look again, if no alarm is set for then or earlier.
    private func newAlarm(_ state: inout State) -> Duration? {
        let hung = state.hung.map(\.until).min()
        guard let next = [state.simulation.nextMoment, hung].compactMap({ $0 }).min() else { return nil }
        if let alarm = state.alarm, alarm <= next { return nil }
        guard let delay = clock.delay(until: next) else { return nil }
        state.alarm = next
        return delay
    }

    private func setAlarm(_ delay: Duration) {
        // A millisecond more than rounded down: an alarm that comes too early would only be set again.
        let time = TimeAmount.milliseconds(Int64(min(delay, .seconds(3600)) / .milliseconds(1)) + 1)
        HTTPService.loops.any().scheduleTask(in: time) { [weak self] in
            self?.state.withLock { $0.alarm = nil }
            self?.timePassed()
        }
    }
}
