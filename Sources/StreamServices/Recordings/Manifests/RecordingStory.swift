/// What is known of one recording from the facts about it: the same for any order in which they came, and however often.
struct RecordingStory: Sendable {
    /// An upload that was said to be done.
    struct Upload: Hashable, Sendable {
        /// 31, all in the customer's storage; 32, some in Agora's backup storage.
        let event: Int64
        let uid: String?
        /// Unix milliseconds, as all times here.
        let time: Int64
        /// 0 normal.
        let status: Int64
        let names: [String]
    }

    /// One stream that broke off and went on.
    struct Interruption: Hashable, Sendable, Comparable {
        /// The end of the last good slice.
        let from: Int64
        /// The beginning of the next.
        let to: Int64
        let user: String
        let type: String

        static func < (one: Self, other: Self) -> Bool {
            (one.from, one.to, one.user, one.type) < (other.from, other.to, other.user, other.type)
        }
    }

    /// An error that was reported.
    struct Fault: Hashable, Sendable, Comparable {
        let time: Int64
        let module: Int64
        let level: Int64
        let code: Int64
        let text: String

        static func < (one: Self, other: Self) -> Bool {
            (one.time, one.module, one.level, one.code, one.text) < (other.time, other.module, other.level, other.code, other.text)
        }
    }

    /// Where the name of a file was met, and when its first slice begins by each source.
    struct Naming: Sendable {
        var sources: Set<FileSource> = []
        /// The earliest that each source gave.
        var starts: [FileSource: Int64] = [:]
    }

    let sid: String
    /// Where the storage has its files, as its wish says: ends with `/`; empty at the top, or if it is unknown.
    let folder: String
    /// Each channel name that was met, with the time of its first event.
    var channels: [String: Int64] = [:]
    /// Each uid that an event came from, with the time of the first one.
    var uids: [String: Int64] = [:]
    /// Each uid that a failover announced, with its time.
    var failovers: [String: Int64] = [:]
    /// Whether an event of web page recording came.
    var isWebPage = false
    /// The beginning of the first slice, or of the page's recorder.
    var mediaBegan: Int64?
    var recorderStarted: Int64?
    /// Event 11's `exitStatus`.
    var exit = Newest<Int64>()
    /// Event 41's `leaveCode`, -1 where it is missing.
    var leave = Newest<Int64>()
    /// Event 71's `code`, -1 where it is missing.
    var webStop = Newest<Int64>()
    /// Event 33, in ten-thousandths.
    var progress = Newest<Int64>()
    var uploads: Set<Upload> = []
    /// `stop` answered that nobody had sent anything.
    var isEmpty = false
    /// What a `stop` answered.
    var uploadingStatus = Newest<String>()
    var interruptions: Set<Interruption> = []
    var faults: Set<Fault> = []
    /// The numbers of facts that cannot be read any more.
    var unreadable: [Int64] = []
    /// Every file that was named, by its name as it came.
    var names: [String: Naming] = [:]

    /// - Parameters:
    ///   - sid: In any case; it is kept as the facts write it, which is how files are named.
    ///   - folder: One that leads out of the storage is none.
    init(sid: String, facts: some Collection<StreamFact>, folder: String = "") {
        self.folder = ObjectName.isSafe(String(folder.dropLast())) && folder.hasSuffix("/") ? folder : ""
        let facts = facts.filter { $0.service == .cloudRecording && $0.subject.lowercased() == sid.lowercased() }
        self.sid = facts.map(\.subject).min() ?? sid
        for fact in facts { take(fact) }
    }

    /// As most people write it: the name of the earliest event.
    var cname: String? { channels.min { ($0.value, $0.key) < ($1.value, $1.key) }?.key }

    /// It ended without files. What is heard of a file or of another recorder says otherwise: the answer was that of one recorder.
    var hasNoFiles: Bool { isEmpty && names.isEmpty && failoverCount == 0 }

    var isUploaded: Bool { uploads.contains { $0.event == 31 } }
    var isBackedUp: Bool { uploads.contains { $0.event == 32 } }

    mutating func name(_ name: String?, from source: FileSource, start: Int64? = nil) {
        guard let name, !name.isEmpty else { return }
        var naming = names[name] ?? Naming()
        naming.sources.insert(source)
        if let start = start.flatMap(RecordingTime.milliseconds) { naming.starts[source] = min(start, naming.starts[source] ?? start) }
        names[name] = naming
    }
}
