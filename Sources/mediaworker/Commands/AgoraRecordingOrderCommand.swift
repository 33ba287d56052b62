import ArgumentParser
import StreamServices

struct AgoraRecordingOrderCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "order",
        abstract: "Put the objects of one recording into the order in which they play.",
        discussion: """
            Reads object names from stdin, one a line, in any order and with or without folders: what was written before a failover comes \
            first, then bak0_, bak1_ and so on, slices by time, MP4 files by number. Needs no configuration and no network.

              mediaworker agora recording order --sid SID --cname CHANNEL < names.txt
            """)

    @Option(parsing: .unconditional, help: "The recording's id.")
    var sid: String

    @Option(parsing: .unconditional, help: "The channel that was recorded.")
    var cname: String

    @Flag(help: "Print one JSON object.")
    var json = false

    func validate() throws {
        if sid.isEmpty || cname.isEmpty { throw ValidationError("--sid and --cname must not be empty.") }
    }

    func run() throws {
        let order = RecordingOrder(RecordingOrder.names(in: try InputFile.read("-")), sid: sid, cname: cname)
        if json { return StandardOutput.line(try JSONText.object(order)) }
        section("index files", order.indexFiles)
        section("slices", order.slices)
        section("mp4", order.mp4)
        section("delayed copies", order.delayedCopies)
        for (track, files) in (order.tracks ?? [:]).sorted(by: { $0.key < $1.key }) {
            section("track \(track)", files.indexFiles + files.slices)
        }
        section("screenshots", order.screenshots ?? [])
        section("not of this recording", order.foreign)
    }

    private func section(_ title: String, _ names: [String]) {
        if !names.isEmpty { StandardOutput.line(([title + ":"] + names.map { "  " + $0 }).joined(separator: "\n")) }
    }
}
