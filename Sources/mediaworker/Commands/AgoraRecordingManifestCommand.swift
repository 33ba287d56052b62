import ArgumentParser
import StreamServices

struct AgoraRecordingManifestCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "manifest",
        abstract: "Write down what is known of a recording: a manifest, and the playlists that its slices make.",
        discussion: """
            Follows the recording through its notifications and its index files, failovers included, and says what keeps it from being \
            complete. Writes SID.json and a media playlist, in individual mode one for each user and type, and the same for the show that \
            the recording belongs to. Needs the state directory that the handler stream-keeper writes to; index files are read where \
            [agora.recordings] index_source says.
            """)

    @Argument(help: "The recording's id.")
    var sid: String

    @Flag(help: "Print the manifest as one JSON object.")
    var json = false

    @Option(help: ArgumentHelp("Write here. Default: [agora.recordings] manifests.", valueName: "folder"))
    var out: String?

    @OptionGroup var options: ConfigurationOption

    func validate() throws {
        if sid.isEmpty || out == "" { throw ValidationError("SID and --out must not be empty.") }
    }

    func run() async throws {
        let writer = try RecordingManifests.writer(try options.load(), folder: out)
        let written: RecordingManifestWriter.Written?
        do {
            written = try await writer.update(sid)
        } catch let error as ManifestError {
            throw CommandFailure(CommandFailure.Code.cannotCreate, error.description)
        }
        guard let written else {
            throw CommandFailure(
                CommandFailure.Code.noInput,
                "no event of recording \(sid) is in the state directory; it must be the one that `mediaworker run` writes to, with the handler stream-keeper on."
            )
        }
        if json { return StandardOutput.line(try JSONText.object(written.manifest)) }
        show(written.manifest)
        for file in written.files { StandardOutput.line("wrote \(file)") }
    }

    private func show(_ manifest: RecordingManifest) {
        var table = Table("RECORDING", manifest.sid)
        table.add("channel", manifest.cname ?? "-")
        table.add("mode", manifest.mode?.rawValue ?? "-")
        table.add("start uid", manifest.startUid ?? "-")
        table.add("uid in the channel", manifest.currentUid ?? "-")
        table.add("failovers", "\(manifest.failovers)")
        table.add("began", manifest.began ?? "-")
        table.add("ended", manifest.ended ?? "-")
        table.add("files", "\(manifest.files.count)")
        for track in manifest.tracks {
            let name = track.uid.map { "\($0)/\(track.type ?? "")" } ?? "all users"
            let slices = track.parts.reduce(0) { $0 + $1.slices }
            table.add(
                "track \(name)",
                "\(slices) slices in \(track.parts.count) parts, \(track.gaps.count) gaps, \(track.overlaps.count) overlaps")
        }
        table.add("complete", manifest.isComplete ? "yes" : "no")
        StandardOutput.line(table.text)
        for reason in manifest.reasons { StandardOutput.line(Table.visible("not complete: \(reason.text)")) }
        for note in manifest.notes { StandardOutput.line(Table.visible("note: \(note)")) }
    }
}
