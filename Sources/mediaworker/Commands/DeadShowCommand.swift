import ArgumentParser
import Foundation
import SMQProtocol
import WorkerCore
import WorkerStore

struct DeadShowCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "show", abstract: "Show dead letters in full: body, reason, every attempt.",
        discussion: """
            Tokens, keys and the keys in stream addresses of Agora's events are hidden; --reveal shows them. With --json, a body in which \
            something is hidden has `bodyBase64` null. `dead export` and `dead list --json` always have the exact body, and `dead replay` \
            sends it.
            """)

    @Argument(help: "Ids of letters or of messages.")
    var ids: [String]

    @OptionGroup var options: ConfigurationOption

    @Flag(help: "Print a JSON array.")
    var json = false

    @Flag(help: "Show tokens and keys, too.")
    var reveal = false

    func run() async throws {
        let office = try DeadLetterOffice(options.load())
        let desk = try office.existingDesk
        var letters: [StoredDeadLetter] = []
        for id in ids { letters.append(try await office.attempt { try await desk.show(id) }) }
        let shown = letters.map { reveal ? StoredDeadLetter.Shown($0) : $0.shown }
        if json {
            var array = JSONLines()
            for letter in shown { array.add(try DeadLetterJSON(letter).bytes()) }
            return array.finish()
        }
        StandardOutput.line(shown.map(Self.text).joined(separator: "\n\n"))
    }

    private static func text(_ shown: StoredDeadLetter.Shown) -> String {
        let (stored, letter) = (shown.stored, shown.stored.letter)
        var table = Table("dead letter", stored.id)
        table.add("message", letter.key.messageID)
        table.add("queue", letter.key.queue)
        table.add("event type", letter.eventType ?? "none")
        table.add("reason", letter.reason.text)
        if let error = letter.error { table.add("error", error) }
        table.add("enqueued", TimeText.utc(letter.enqueued))
        table.add("first received", TimeText.utc(letter.firstReceived))
        table.add("last received", "\(TimeText.utc(letter.lastReceived)), received \(letter.dequeueCount) times")
        table.add("kept", TimeText.utc(stored.kept))
        if let replay = stored.replay { table.add("sent again", "\(TimeText.utc(replay.time)) as \(replay.messageID)") }
        if let from = letter.replayedFrom { table.add("replay of", from) }
        for property in letter.userProperties { table.add("property", "\(property.name) = \(property.value)") }
        for attempt in letter.attempts {
            table.add(
                "attempt \(attempt.number)",
                "\(TimeText.utc(attempt.time)) \(attempt.handler) on \(attempt.host), process \(attempt.process): \(attempt.error)")
        }
        let size = shown.hidesBody ? "with secrets hidden (--reveal shows them)" : "\(letter.body.count) bytes"
        return table.text + "\nbody, \(size):\n" + body(letter.body)
    }

    private static func body(_ bytes: [UInt8]) -> String {
        guard let text = String(validating: bytes, as: UTF8.self) else {
            return "(no UTF-8 text, in base64) \(Data(bytes).base64EncodedString())"
        }
        return text.split(separator: "\n", omittingEmptySubsequences: false).map { Table.visible(String($0)) }.joined(separator: "\n")
    }
}
