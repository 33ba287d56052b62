import ArgumentParser
import Foundation

/// A moment on the command line: a time ago (`90m`), a day (`2026-03-01`, UTC) or a time (`2026-03-01T12:00:00Z`).
struct MomentArgument: ExpressibleByArgument, Sendable {
    let date: Date

    init?(argument: String) {
        if let ago = DurationArgument(argument: argument) {
            date = Date(timeIntervalSinceNow: -(ago.duration / .seconds(1)))
        } else if let date = try? Date(argument, strategy: .iso8601) {
            self.date = date
        } else if let date = try? Date("\(argument)T00:00:00Z", strategy: .iso8601) {
            self.date = date
        } else {
            return nil
        }
    }
}
