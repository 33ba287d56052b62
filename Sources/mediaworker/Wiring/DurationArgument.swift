import ArgumentParser
import Settings

/// A time on the command line, written as in `worker.conf`: `500ms`, `30s`, `10m`, `12h`, `4d`.
struct DurationArgument: ExpressibleByArgument, Sendable {
    let duration: Duration

    init(_ duration: Duration) { self.duration = duration }

    init?(argument: String) {
        guard let duration = try? DurationText.parse(argument) else { return nil }
        self.duration = duration
    }

    var defaultValueDescription: String { Self.text(duration) }

    static func text(_ duration: Duration) -> String { DurationText.text(of: duration) }
}
