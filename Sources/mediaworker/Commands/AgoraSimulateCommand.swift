import AgoraSimulator
import ArgumentParser
import Foundation
import HTTPTransport
import Logging
import ServiceLifecycle

struct AgoraSimulateCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "simulate", abstract: "Stand in for Agora's REST services and notifications, by a script.",
        discussion: """
            For tests and rehearsals: tasks live and fail as the script says, hosts go away, limits are enforced, notifications are signed \
            and sent to the bridge. The format of the script is in Sources/AgoraSimulator/AgoraSimulator.docc/Script.md.

            The first line on stdout is one JSON object with the addresses and the clock. GET /_simulator/state at the control address \
            tells at any time what happened; SIGTERM or Ctrl-C ends, and prints the same as the last line.
            """)

    @Option(help: ArgumentHelp("The script, one JSON document; - is stdin.", valueName: "file"))
    var script: String

    @Flag(help: "Also print the sections [agora.hosts] and [agora.rehearsal] for worker.conf.")
    var config = false

    func run() async throws {
        let script = try read()
        let clock = ScaledClock(start: script.clockStart, speed: script.speed)
        let server = AgoraSimulatorServer(
            script, clock: clock, start: clock.start, http: HTTPTransport(name: "notices"),
            logger: Logger(label: "agora-simulator", factory: { _ in SwiftLogNoOpLogHandler() }))
        let printsConfig = config
        let signals = await StopSignals()
        let serving = BodyService {
            try await cancelWhenGracefulShutdown {
                try await server.run { addresses in
                    Self.announce(addresses, clock)
                    if printsConfig { Self.printConfig(addresses, clock) }
                }
            }
        }
        let group = ServiceGroup(
            configuration: .init(
                services: [.init(service: serving, successTerminationBehavior: .gracefullyShutdownGroup)],
                logger: Logger(label: "agora-simulator", factory: { _ in SwiftLogNoOpLogHandler() })))
        let watching = signals.watch(first: { _ in Task { await group.triggerGracefulShutdown() } }, second: .ends(atOnce: {}))
        defer { watching.cancel() }
        do {
            try await group.run()
        } catch let failure as ListenFailure {
            throw CommandFailure(CommandFailure.Code.unavailable, "\(failure). Choose another in the script, or port 0.")
        }
        StandardOutput.line(server.report.bytes)
    }

    private func read() throws(CommandFailure) -> SimulatorScript {
        let bytes = try InputFile.read(script)
        do throws(ScriptMistake) {
            return try SimulatorScript(parsing: bytes)
        } catch {
            throw CommandFailure(CommandFailure.Code.configuration, "\(script): \(error)")
        }
    }

    private static func announce(_ addresses: AgoraSimulatorServer.Addresses, _ clock: ScaledClock) {
        let line: JSONValue = [
            "hosts": .object(addresses.hosts.mapValues { .string($0.description) }),
            "control": .string(addresses.control?.description ?? ""),
            "clock": ["start": .number(Double(clock.start) / 1000), "speed": .number(clock.speed)],
        ]
        StandardOutput.line(line.bytes)
    }

    private static func printConfig(_ addresses: AgoraSimulatorServer.Addresses, _ clock: ScaledClock) {
        // A worker with the time of its own keeps another one than the simulator.
        let rehearsal =
            clock.speed == 1 ? [] : ["[agora.rehearsal]", "speed = \(Int(clock.speed))", "start = \(Int(clock.start / 1000))"]
        let lines = addresses.hosts.sorted { $0.key < $1.key }.map { "\"\($0.key)\" = \"\($0.value)\"" }
        StandardOutput.line((["[agora.hosts]"] + lines + rehearsal).joined(separator: "\n"))
    }
}
