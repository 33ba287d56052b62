import ArgumentParser
import Foundation
import Settings
import StreamServices
import WorkerStore

struct AgoraDoctorCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "doctor", abstract: "Check a project against Agora's integration checklists.",
        discussion: """
            One row for each item: ok, warning, failed, or not-checkable where no API tells. Nothing is changed: it lists what runs, queries a \
            recording that is none, and makes one token. Exits with 1 if a required item failed.
            """)

    @Option(help: ArgumentHelp("Only this service: media-push, media-pull, cloud-recording. May be given again.", valueName: "service"))
    var service: [StreamService] = []

    @Flag(help: "Print a JSON array.")
    var json = false

    @OptionGroup var options: ConfigurationOption

    func run() async throws {
        let configuration = try options.load()
        let services = try AgoraServices(configuration)
        let seen: DoctorObservations
        do {
            seen = try await services.visit.observe(
                StreamService.allCases.filter { service.isEmpty || service.contains($0) },
                state: Self.state(configuration.worker.stateDirectory))
        } catch {
            throw CommandFailure(CommandFailure.Code.cannotCreate, "\(error)")
        }
        let rows = Doctor(seen).rows
        if json { StandardOutput.line(try JSONText.array(rows)) } else { StandardOutput.line(Self.text(rows)) }
        if Doctor.hasFailed(rows) { throw ExitCode(CommandFailure.Code.partial) }
    }

    private static func text(_ rows: [DoctorRow]) -> String {
        var table = Table("STATUS", "ITEM", "ABOUT", "FINDING")
        for row in rows {
            let status = row.status == .failed && !row.required ? "failed (optional)" : row.status.rawValue
            table.add(status, row.item, row.subject ?? "-", row.finding + (row.advice.map { "; \($0)" } ?? ""))
        }
        return table.text
    }

    private static func state(_ path: String) -> DoctorObservations.State {
        func mode(_ path: String) -> Int? {
            var status = stat()
            return stat(path, &status) == 0 ? Int(status.st_mode & 0o777) : nil
        }
        return DoctorObservations.State(path: path, directoryMode: mode(path), fileMode: mode("\(path)/\(StateDatabase.fileName)"))
    }
}

extension StreamService: ExpressibleByArgument {}
