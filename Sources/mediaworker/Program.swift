import ArgumentParser
import Foundation
import Logging

/// The entry point: parses, runs, and turns every failure into one text and one exit code.
@main
enum Program {
    static func main() async {
        // A reader that went away is an error of the write, not the end of the process.
        signal(SIGPIPE, SIG_IGN)
        occupyStandardDescriptors()
        // For libraries and plugins that make a logger of their own: nobody writes to stderr directly, where a reader could block us.
        LoggingSystem.bootstrap { _ in LineLogHandler(level: .info, sink: .standardError) }
        do {
            var command = try await MediaWorkerCommand.asyncParseAsRoot()
            if var command = command as? any AsyncParsableCommand {
                try await command.run()
            } else {
                try command.run()
            }
        } catch let failure as CommandFailure {
            failure.report()
            end(failure.code)
        } catch {
            MediaWorkerCommand.exit(withError: error)
        }
        end(0)
    }

    /// Started without stdin, stdout or stderr, the next file or socket would get its number, and our output with it.
    private static func occupyStandardDescriptors() {
        while true {
            let descriptor = open("/dev/null", O_RDWR)
            if descriptor > STDERR_FILENO { close(descriptor) }
            if descriptor < 0 || descriptor > STDERR_FILENO { return }
        }
    }

    /// Ends the process after what is queued for stderr is written.
    ///
    /// Without exit handlers: they take libraries apart that the transports' threads may still be in, which crashed or hung now and then.
    static func end(_ code: Int32) -> Never {
        LogSink.standardError.flush()
        fflush(nil)
        _exit(code)
    }
}
