import HTTPTransport
import Settings
import StreamServices
import Subprocess
import SystemPackage

/// RTC tokens as configured.
enum TokenSource {
    /// What an address may answer, or a program print.
    private static let longestAnswer = 64 << 10

    /// - Returns: Nil if nothing in `[agora.token]` makes tokens.
    static func provider(_ section: AgoraSection, appID: String, clock: any StreamClock) -> (any TokenProvider)? {
        let token = section.token
        switch token.source {
        case nil: return nil
        case .certificate(let certificate):
            return CertificateTokens(appID: appID, certificate: certificate, lifetime: token.lifetime, clock: clock)
        case .url(let url):
            var transport = HTTPTransportConfiguration()
            transport.caFile = token.caFile
            transport.maximumResponseSize = longestAnswer
            return AddressTokens(url: url, http: HTTPTransport(name: "tokens", configuration: transport), limit: token.timeout)
        case .command(let program): return CommandTokens(program: program, limit: token.timeout, runner: run)
        }
    }

    /// In a process group of its own, so that the end reaches the program's children, too.
    static func run(_ run: CommandTokens.Run) async -> CommandTokens.Ending {
        await withTaskGroup(of: CommandTokens.Ending.self) { group in
            group.addTask { await finish(run) }
            group.addTask {
                // Cancelled when the program was faster.
                _ = try? await Task.sleep(for: run.limit)
                return .failed("no token after \(run.limit)")
            }
            let first = await group.next() ?? .failed("no result")
            group.cancelAll()
            return first
        }
    }

    private static func finish(_ run: CommandTokens.Run) async -> CommandTokens.Ending {
        var options = PlatformOptions()
        options.processGroupID = 0
        options.teardownSequence = [.gracefulShutDown(toProcessGroup: true, allowedDurationToNextStep: .milliseconds(500))]
        let variables = run.environment.map { (Environment.Key(stringLiteral: $0), String?.some($1)) }
        do {
            let result = try await Subprocess.run(
                run.program.contains("/") ? .path(FilePath(run.program)) : .name(run.program), arguments: Arguments(run.arguments),
                environment: .inherit.updating(Dictionary(uniqueKeysWithValues: variables)), platformOptions: options,
                output: .bytes(limit: longestAnswer), error: .discarded)
            return switch result.terminationStatus {
            case .exited(0): .finished(stdout: result.standardOutput)
            case .exited(let code): .failed("exit status \(code)")
            case .signaled(let number): .failed("signal \(number)")
            }
        } catch {
            return .failed("an error: \(error)")
        }
    }
}
