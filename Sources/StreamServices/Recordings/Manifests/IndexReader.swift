/// One index file as it was found, or why it was not.
struct IndexReading: Sendable {
    enum Outcome: Sendable {
        case read(RecordingIndex)
        /// No source of index files is configured.
        case unasked
        case missing
        /// It cannot be used.
        case failed(String)
        /// The source cannot be asked now.
        case unreachable(String)
    }

    let file: IndexFile
    /// What was read: the plain file, or a late copy of it.
    var taken: String
    let outcome: Outcome

    var index: RecordingIndex? { if case .read(let index) = outcome { index } else { nil } }
}

/// Reads the index files of a recording, of each the best that there is.
///
/// Of the plain file and the late copy with the highest index the larger one counts.
/// - SeeAlso: Agora, Cloud Recording, files that are delivered late from the backup storage.
struct IndexReader: Sendable {
    /// Of the slices of a recording, which may be thousands.
    private static let askedAtATime = 8

    let source: (any IndexSource)?

    /// Adds what the source lists of this recording.
    /// - Returns: False if there is none that can list.
    func list(_ files: inout RecordingFiles, _ story: RecordingStory) async throws(IndexSourceError) -> Bool {
        guard let source, let cname = story.cname, let names = try await source.names(in: files.folders) else { return false }
        for name in names where ObjectName.isSafe(name) {
            guard let file = RecordingFileName(name, sid: story.sid, cname: cname) else { continue }
            files.add(.init(file: file, sources: [.folder], start: file.time))
        }
        return true
    }

    /// - Parameter failure: Why the source cannot be asked, if that is known already.
    func read(_ files: [IndexFile], failure: IndexSourceError?) async -> [IndexReading] {
        var failure = failure
        var readings: [IndexReading] = []
        for file in files {
            if Task.isCancelled { failure = .unreachable("cancelled") }
            let reading = await read(file, failure)
            if case .unreachable(let reason) = reading.outcome { failure = .unreachable(reason) }
            readings.append(reading)
        }
        return readings
    }

    private func read(_ file: IndexFile, _ failure: IndexSourceError?) async -> IndexReading {
        guard let source else { return IndexReading(file: file, taken: file.name, outcome: .unasked) }
        guard !file.key.original.hasSuffix(".mpd") else {
            return IndexReading(file: file, taken: file.name, outcome: .failed("is an MPD file, and only M3U8 files are read"))
        }
        if case .unreachable(let reason) = failure { return IndexReading(file: file, taken: file.name, outcome: .unreachable(reason)) }
        var found: [(name: String, bytes: [UInt8])] = []
        var problem: IndexReading.Outcome = .missing
        for name in [file.name, file.newestCopy?.name].compactMap({ $0 }) {
            do throws(IndexSourceError) {
                found.append((name, try await contents(name, source)))
            } catch {
                switch error {
                case .missing: continue
                case .refused(let reason): problem = .failed(reason)
                case .unreachable(let reason): return IndexReading(file: file, taken: name, outcome: .unreachable(reason))
                }
            }
        }
        // Of equal ones the plain file.
        if found.count == 2, found[1].bytes.count > found[0].bytes.count { found.swapAt(0, 1) }
        for (name, bytes) in found {
            do throws(UnreadableIndex) {
                return IndexReading(file: file, taken: name, outcome: .read(try RecordingIndex(bytes)))
            } catch {
                problem = .failed(error.reason)
            }
        }
        return IndexReading(file: file, taken: file.name, outcome: problem)
    }

    /// Under its own folders, or without them: a source may begin where the recording's folders end.
    private func contents(_ name: String, _ source: any IndexSource) async throws(IndexSourceError) -> [UInt8] {
        do throws(IndexSourceError) { return try await source.read(name) } catch {
            guard error == .missing, let base = Self.base(name) else { throw error }
            return try await source.read(base)
        }
    }

    /// Which of these files the source does not hold. Ends soon after the first failure.
    func missing(_ names: [String]) async throws(IndexSourceError) -> [String] {
        guard let source else { return names }
        var missing: [String] = []
        for start in stride(from: 0, to: names.count, by: Self.askedAtATime) {
            guard !Task.isCancelled else { throw .unreachable("cancelled") }
            let some = names[start..<min(start + Self.askedAtATime, names.count)]
            let answers = await withTaskGroup(of: (String, Result<Bool, IndexSourceError>).self) { group in
                for name in some { group.addTask { (name, await Self.holds(name, source)) } }
                return await group.reduce(into: [:]) { $0[$1.0] = $1.1 }
            }
            for name in some {
                if try answers[name]?.get() != true { missing.append(name) }
            }
        }
        return missing
    }

    private static func holds(_ name: String, _ source: any IndexSource) async -> Result<Bool, IndexSourceError> {
        do throws(IndexSourceError) {
            if try await source.holds(name) { return .success(true) }
            guard let base = base(name) else { return .success(false) }
            return .success(try await source.holds(base))
        } catch {
            return .failure(error)
        }
    }

    private static func base(_ name: String) -> String? {
        name.lastIndex(of: "/").map { String(name[$0...].dropFirst()) }
    }
}
