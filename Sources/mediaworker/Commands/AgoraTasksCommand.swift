import ArgumentParser
import Foundation
import MediaEvents
import StreamServices
import WorkerStore

/// What is wanted, and how it is, from the store; keys in addresses are hidden.
struct AgoraTasksCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "tasks", abstract: "List the streams that are wanted, with what is known of each; asks nothing of Agora.")

    @Flag(help: "Those that are over, too.")
    var all = false

    @Flag(help: "Print a JSON array.")
    var json = false

    @OptionGroup var options: ConfigurationOption

    private struct Line: Encodable {
        let service: String
        let name: String
        let channel: String
        let address: String?
        /// `making`, `running`, `doubtful`, `stopping`, `over`.
        let state: String
        /// Of the task at Agora, the `sid` of a recording.
        let id: String?
        /// RFC 3339, or `forever`.
        let until: String
        let replacements: Int
        let alarm: String?
        let trouble: String?
    }

    func run() async throws {
        let tasks = try await AgoraWishes(options).tasks
        let lines =
            try await tasks.all(TaskRecord.self).filter { all || $0.due != nil }.map(Self.line)
            + tasks.all(RecordingRecord.self).filter { all || $0.due != nil }.map(Self.line)
        if json { return StandardOutput.line(try JSONText.array(lines)) }
        var table = Table("SERVICE", "NAME", "CHANNEL", "STATE", "ID", "UNTIL", "REPLACED", "TROUBLE")
        for line in lines {
            table.add(
                line.service, line.name, line.channel, line.state, line.id ?? "-", line.until, "\(line.replacements)",
                line.alarm == nil && line.trouble == nil ? "-" : [line.alarm, line.trouble].compactMap(\.self).joined(separator: ": "))
        }
        StandardOutput.line(table.text)
    }

    private static func line(_ task: ListedTask<TaskRecord>) -> Line {
        let (record, life) = (task.record, task.record.life)
        let state =
            switch (task.due, life.instance) {
            case (nil, _): "over"
            case (_, _) where task.stopped != nil || life.ending != nil: "stopping"
            case (_, .some) where life.isHealthy: "running"
            case (_, .some(let instance)) where instance.isSeen: "doubtful"
            default: "making"
            }
        return Line(
            service: record.service.rawValue, name: record.name, channel: record.wish.channel,
            address: StreamAddress.masked(record.wish.address), state: state, id: life.instance?.id, until: text(record.wish.until),
            replacements: life.losses, alarm: life.alarm?.rawValue, trouble: record.trouble?.words)
    }

    private static func line(_ task: ListedTask<RecordingRecord>) -> Line {
        let (record, main) = (task.record, task.record.show.main)
        let state =
            switch task.due {
            case nil: "over"
            case _ where task.stopped != nil || main.ending != nil: "stopping"
            default: main.recording?.isRunning == true ? "running" : "making"
            }
        return Line(
            service: record.service.rawValue, name: record.name, channel: record.wish.cname, address: nil, state: state,
            id: main.sids.last, until: text(record.wish.until), replacements: max(0, main.sessions.count - 1),
            alarm: main.alarm?.rawValue, trouble: main.trouble)
    }

    private static func text(_ until: StreamWish.Until) -> String {
        until.milliseconds.map { TimeText.utc(Date(timeIntervalSince1970: Double($0) / 1000)) } ?? "forever"
    }
}
