import ArgumentParser
import Foundation
import Settings

/// `--config`, shared by all commands that need settings.
struct ConfigurationOption: ParsableArguments {
    @Option(help: ArgumentHelp("Settings in TOML. Default: ./worker.conf if it is there.", valueName: "file"))
    var config: String?

    /// Settings for commands that run no handlers.
    func load() throws -> WorkerConfiguration {
        try Self.orFailure { () throws(ConfigurationError) in
            try WorkerConfiguration.load(path: config, environment: ProcessInfo.processInfo.environment)
        }
    }

    /// Turns the problems of a configuration into exit 78 with all of them.
    static func orFailure<Value>(_ body: () throws(ConfigurationError) -> Value) throws(CommandFailure) -> Value {
        do {
            return try body()
        } catch {
            throw CommandFailure(ConfigurationError.exitCode, error.description)
        }
    }
}
