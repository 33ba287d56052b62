import Foundation
import GRDB
import Synchronization
import Testing

@testable import WorkerStore

struct StateDatabaseTests {
    private let directory: TemporaryDirectory

    init() throws { directory = try TemporaryDirectory() }

    @Test("a commit is on the disk before it returns: WAL with full syncs, and a busy timeout of 10 s")
    func durability() async throws {
        let database = try StateDatabase.open(directory: directory.path)
        let (synchronous, journal, timeout) = try await database.write { connection in
            (
                try Int.fetchOne(connection, sql: "PRAGMA synchronous"),
                try String.fetchOne(connection, sql: "SELECT * FROM pragma_journal_mode"),
                try Int.fetchOne(connection, sql: "PRAGMA busy_timeout")
            )
        }
        #expect(synchronous == 2)
        #expect(journal == "wal")
        #expect(timeout == 10_000)
    }

    @Test("directory and files are made for this user only")
    func permissions() throws {
        _ = try StateDatabase.open(directory: directory.file("a/state"))
        #expect(try directory.permissions("a") == 0o700)
        #expect(try directory.permissions("a/state") == 0o700)
        #expect(try directory.permissions("a/state/mediaworker.sqlite") == 0o600)
    }

    @Test("a command that only looks makes no database, and finds one that is there")
    func openExisting() throws {
        #expect(try StateDatabase.openExisting(directory: directory.file("state")) == nil)
        #expect(!FileManager.default.fileExists(atPath: directory.file("state")))
        let database = try StateDatabase.open(directory: directory.file("state"))
        #expect(try StateDatabase.openExisting(directory: directory.file("state"))?.path == database.path)
    }

    @Test("many processes that open a new state directory at once all find a complete schema", arguments: 0..<5)
    func concurrentOpen(round: Int) async throws {
        let path = directory.file("state")
        let results = Mutex<[Result<StateDatabase, any Error>]>([])
        // Threads, not tasks: all must be in the middle of opening at the same time.
        DispatchQueue.concurrentPerform(iterations: 8) { _ in
            let result = Result { try StateDatabase.open(directory: path) }
            results.withLock { $0.append(result) }
        }
        for (index, result) in results.withLock({ $0 }).enumerated() {
            try await SQLiteDeadLetterStore(try result.get()).keep(Sample.letter("M\(index)"))
        }
        let letters = try await SQLiteDeadLetterStore(StateDatabase.open(directory: path)).ids(DeadLetterSelection())
        #expect(letters.count == 8)
    }

    @Test("a state directory below a file is refused with path, reason and advice")
    func belowFile() throws {
        try Data("x".utf8).write(to: URL(filePath: directory.file("file")))
        let error = #expect(throws: StateDatabaseError.self) { try StateDatabase.open(directory: directory.file("file/state")) }
        #expect(error?.kind == .notWritable)
        #expect(error?.description.contains(directory.file("file/state/mediaworker.sqlite")) == true)
        #expect(error?.description.contains("Not a directory") == true)
        #expect(error?.description.contains("WORKER_STATE_DIR") == true)
    }

    @Test("a state directory that is a file is refused")
    func isFile() throws {
        try Data("x".utf8).write(to: URL(filePath: directory.file("file")))
        let error = #expect(throws: StateDatabaseError.self) { try StateDatabase.open(directory: directory.file("file")) }
        #expect(error?.kind == .notWritable)
    }

    #if os(Linux)
        @Test("a place where even root can make nothing is refused", arguments: ["/proc/state", "/proc"])
        func unwritable(path: String) throws {
            let error = #expect(throws: StateDatabaseError.self) { try StateDatabase.open(directory: path) }
            #expect(error?.kind == .notWritable)
        }
    #endif

    @Test("a file that is no database is refused as damaged, and left as it is")
    func corrupt() throws {
        let bytes = Data(repeating: 0x41, count: 8192)
        try bytes.write(to: URL(filePath: directory.file(StateDatabase.fileName)))
        let error = #expect(throws: StateDatabaseError.self) { try StateDatabase.open(directory: directory.path) }
        #expect(error?.kind == .corrupt)
        #expect(error?.path == directory.file(StateDatabase.fileName))
        #expect(try Data(contentsOf: URL(filePath: directory.file(StateDatabase.fileName))) == bytes)
    }

    @Test("a database of a later version is refused and not changed")
    func newerSchema() async throws {
        let database = try StateDatabase.open(directory: directory.path)
        try await database.write { try $0.execute(sql: "INSERT INTO grdb_migrations (identifier) VALUES ('99 from the future')") }
        try database.close()
        let error = #expect(throws: StateDatabaseError.self) { try StateDatabase.open(directory: directory.path) }
        #expect(error?.kind == .newerSchema)
        #expect(error?.reason.contains("99 from the future") == true)
    }

    @Test("a column that holds something else is damage, not a crash")
    func unreadableColumn() async throws {
        let database = try StateDatabase.open(directory: directory.path)
        try await SQLiteDeadLetterStore(database).keep(Sample.letter())
        try await database.write { try $0.execute(sql: "UPDATE deadLetter SET attempts = 'no json'") }
        let error = await #expect(throws: StateDatabaseError.self) { try await SQLiteDeadLetterStore(database).show("1") }
        #expect(error?.kind == .corrupt)
    }

    @Test("every millisecond is written so that it reads back the same")
    func times() {
        for millisecond in Int64(1_700_000_000_000)...1_700_000_001_100 {
            let text = StoredTime.text(StoredTime.date(millisecond))
            #expect(StoredTime.date(text).map(StoredTime.milliseconds) == millisecond)
        }
        #expect(StoredTime.text(Date(timeIntervalSince1970: 1_700_000_000.042)) == "2023-11-14T22:13:20.042Z")
        #expect(StoredTime.text(Date(timeIntervalSince1970: 1_700_000_000)) == "2023-11-14T22:13:20.000Z")
    }
}
