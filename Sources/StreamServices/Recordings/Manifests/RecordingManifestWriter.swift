import Foundation
package import Logging
import Synchronization

/// Keeps the manifests and playlists of recordings in a folder, made anew from the facts whenever it is asked to.
///
/// Per recording `<sid>.json` and `<sid>.m3u8`, in individual mode `<sid>_<uid>_<type>.m3u8`; per show the same with
/// `show-<name>_<time>` in the place of the sid, where the time is that of the wish (`yyyyMMddHHmmssSSS`, UTC), and with
/// `show-<name>_<time>_backup` for the second recording of a wish.
package struct RecordingManifestWriter: Sendable {
    /// Recordings of one show that are joined; the first ones of more.
    private static let longestShow = 256
    /// Facts that come while a manifest is made lead to another round, so often at most: the next fact leads to an update of its own.
    private static let mostRounds = 3

    private let facts: any StreamFactStore
    private let source: (any IndexSource)?
    private let folder: ManifestFolder
    private let mediaBase: String
    private let logger: Logger?
    private let said = Said()

    /// The facts of which it was said that they cannot be read.
    private final class Said: Sendable { let numbers = Mutex<Set<Int64>>([]) }

    /// - Parameters:
    ///   - source: Of index files; without one, slices are unknown.
    ///   - folder: Made when the first file is written.
    ///   - mediaBase: Stands in front of the names in playlists; empty leaves them as the storage has them.
    ///   - logger: Hears once of each fact that cannot be read.
    package init(
        facts: any StreamFactStore, source: (any IndexSource)?, folder: String, mediaBase: String = "", logger: Logger? = nil
    ) {
        self.facts = facts
        self.source = source
        self.folder = ManifestFolder(folder)
        self.logger = logger
        self.mediaBase = mediaBase.isEmpty || mediaBase.hasSuffix("/") ? mediaBase : mediaBase + "/"
    }

    /// Whether there is anything beside events that may change.
    var hasSource: Bool { source != nil }

    /// What was written.
    package struct Written: Sendable {
        package let manifest: RecordingManifest
        /// Of the show that it belongs to.
        package let show: ShowManifest?
        /// Paths, those of the show last.
        package let files: [String]
    }

    /// Makes and writes everything about one recording, and about the show that it belongs to.
    ///
    /// May run at the same time in several processes: whoever finds that facts came meanwhile makes it again, so that the last one to
    /// write has seen them all. Reading index files, it takes as long as the source does.
    /// - Parameter sid: In any case.
    /// - Returns: Nil if nothing was written down about the recording.
    /// - Throws: What the store throws; `ManifestError` for a file; `CancellationError`.
    @discardableResult
    package func update(_ sid: String) async throws -> Written? {
        var written: Written?
        for _ in 0..<Self.mostRounds {
            let known = try await facts.facts(of: sid, .cloudRecording, after: 0)
            guard let newest = known.map(\.number).max() else { return nil }
            let show = try await facts.show(of: sid)
            written = try await make(story(sid, known, show.folder), of: show)
            if try await facts.facts(of: sid, .cloudRecording, after: newest).isEmpty { break }
        }
        return written
    }

    private func story(_ sid: String, _ known: [StreamFact], _ folder: String) -> RecordingStory {
        let story = RecordingStory(sid: sid, facts: known, folder: folder)
        for number in story.unreadable where said.numbers.withLock({ $0.insert(number).inserted }) {
            logger?.warning(
                "a fact about a recording cannot be read, and its manifest is made without it",
                metadata: ["sid": "\(sid)", "fact": "\(number)"])
        }
        return story
    }

    private func make(_ story: RecordingStory, of linked: LinkedRecordings) async throws -> Written {
        let view = await RecordingView.read(story, source)
        // What was not read because there was no time for it is not missing.
        try Task.checkCancellation()
        let manifest = RecordingManifest(view)
        var files: [String] = []
        try await write(ManifestName.manifest(story.sid), manifest, &files)
        let stem = ManifestName.stem(story.sid)
        let reasons = manifest.reasons.map(\.text)
        if view.isBlind {
            let isOpen = manifest.reasons.contains { $0.code != .sourceUnreachable }
            if isOpen { try await reopenPlaylists(stem, reasons, &files) }
        } else {
            try await writePlaylists(view.timelines, stem, reasons, &files)
        }
        guard let show = linked.show else { return Written(manifest: manifest, show: nil, files: files) }
        var members: [ShowView.Member] = []
        for sid in linked.sids.prefix(Self.longestShow) {
            let isThis = sid.lowercased() == story.sid.lowercased()
            members.append(isThis ? .init(view, manifest) : try await member(sid, linked.folder))
        }
        try Task.checkCancellation()
        let joined = ShowView(show: show, members: members)
        return Written(manifest: manifest, show: try await write(joined, &files), files: files)
    }

    private func member(_ sid: String, _ folder: String) async throws -> ShowView.Member {
        let known = try await facts.facts(of: sid, .cloudRecording, after: 0)
        guard !known.isEmpty else { return ShowView.Member(sid: sid) }
        let view = await RecordingView.read(story(sid, known, folder), source)
        return .init(view, RecordingManifest(view))
    }

    private func write(_ view: ShowView, _ files: inout [String]) async throws -> ShowManifest {
        let show = ShowManifest(view)
        try await write(ManifestName.showManifest(view.show), show, &files)
        let stem = ManifestName.stem(view.show)
        let reasons = show.reasons.map { "\($0.sid): \($0.text)" }
        if view.members.contains(where: { $0.view?.isBlind ?? false }) {
            let isOpen = show.reasons.contains { $0.code != ManifestReason.Code.sourceUnreachable.rawValue }
            if isOpen { try await reopenPlaylists(stem, reasons, &files) }
        } else {
            try await writePlaylists(view.timelines, stem, reasons, &files)
        }
        return show
    }

    private func write(_ name: String, _ value: some Encodable, _ files: inout [String]) async throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        try await write(name, Array(try encoder.encode(value)) + [UInt8(ascii: "\n")], &files)
    }

    private func writePlaylists(
        _ timelines: [RecordingTimeline], _ stem: String, _ reasons: [String], _ files: inout [String]
    ) async throws {
        for timeline in timelines {
            let playlist = MediaPlaylist(timeline: timeline, reasons: reasons, mediaBase: mediaBase)
            try await write(ManifestName.playlist(stem: stem, timeline.track), playlist.bytes, &files)
        }
    }

    /// Leaves the playlists that are there, but none of them closed: with a source that does not answer, new ones would only have less.
    private func reopenPlaylists(_ stem: String, _ reasons: [String], _ files: inout [String]) async throws {
        for name in await folder.names() where ManifestName.isPlaylist(name, ofStem: stem) {
            guard let old = await folder.contents(of: name), let new = MediaPlaylist.reopened(old, reasons: reasons) else { continue }
            try await write(name, new, &files)
        }
    }

    private func write(_ name: String, _ bytes: [UInt8], _ files: inout [String]) async throws {
        try await folder.write(name, bytes)
        files.append("\(folder.path)/\(name)")
    }
}
