import Foundation
import GRDB
import StreamServices
import TestSupport
import Testing
import WorkerStore

@Suite("Wanted tasks in the state database", .timeLimit(.minutes(1))) struct SQLiteTasksTests {
    private struct Folder: ~Copyable {
        let path = FileManager.default.temporaryDirectory.appending(path: "worker-store-tests-\(UUID().uuidString)").path
        deinit { try? FileManager.default.removeItem(atPath: path) }
    }

    private func record(_ name: String) -> TaskRecord {
        let push = ConverterSpec(rawOptions: .init(rtcChannel: "c", rtcStreamUid: 1), rtmpUrl: "rtmp://cdn.example.com/live/\(name)")
        return TaskRecord(StreamWish(name: name, region: .europe, until: .forever, converter: push))
    }

    @Test("a record that cannot be read stops itself alone, and is said with its name")
    func unreadable() async throws {
        let folder = Folder()
        let log = RecordingLog()
        let tasks = SQLiteTasks(try StateDatabase.open(directory: folder.path), logger: log.logger)
        try await tasks.add(["a", "b", "c"].map { record($0) }, at: 1) { _ in }
        let queue = try DatabaseQueue(path: folder.path + "/" + StateDatabase.fileName)
        try await queue.write { try $0.execute(sql: "UPDATE streamTask SET record = '{}' WHERE name = 'b'") }
        let claimed = try await tasks.claim(TaskRecord.self, by: "one", at: 2, until: 100, atMost: 9)
        #expect(claimed.map(\.record.name) == ["a", "c"])
        #expect(try await tasks.all(TaskRecord.self).count == 2)
        #expect(log.lines.contains { $0.hasPrefix("error: ") && $0.contains("task=b") })
    }

    @Test("a claim is for one owner until it ends, and a record is kept only under it")
    func claims() async throws {
        let folder = Folder()
        let tasks = SQLiteTasks(try StateDatabase.open(directory: folder.path))
        try await tasks.add([record("a")], at: 1) { _ in }
        await #expect(throws: TaskNameTaken(name: "a")) { try await tasks.add([record("z"), record("a")], at: 1) { _ in } }
        #expect(try await tasks.all(TaskRecord.self).map(\.record.name) == ["a"], "all or none")
        let first = try #require(try await tasks.claim(TaskRecord.self, by: "one", at: 2, until: 100, atMost: 9).first)
        #expect(try await tasks.claim(TaskRecord.self, by: "two", at: 99, until: 200, atMost: 9).isEmpty)
        #expect(try await tasks.claim(TaskRecord.self, by: "two", at: 100, until: 200, atMost: 9).count == 1)
        #expect(try await !tasks.save(first.record, by: "one", at: 101, until: 300))
        try await tasks.release(first, by: "one", at: 101, due: nil)
        #expect(try await tasks.all(TaskRecord.self).first?.due == 1, "the first owner has no say any more")
    }

    @Test("the tasks of one project are out of reach of another one, until none is left")
    func projects() async throws {
        let folder = Folder()
        let tasks = SQLiteTasks(try StateDatabase.open(directory: folder.path))
        #expect(try await tasks.bind(to: "app") == nil)
        #expect(try await tasks.bind(to: "other") == nil, "nothing is wanted yet")
        try await tasks.add([record("a")], at: 1) { _ in }
        #expect(try await tasks.bind(to: "app") == "other")
        #expect(try await tasks.bind(to: "other") == nil)
        let task = try #require(try await tasks.claim(TaskRecord.self, by: "one", at: 2, until: 100, atMost: 9).first)
        try await tasks.release(task, by: "one", at: 3, due: nil)
        #expect(try await tasks.bind(to: "app") == nil)
    }

    @Test("what happens to a task while it is worked on makes it due at once")
    func wakes() async throws {
        let folder = Folder()
        let tasks = SQLiteTasks(try StateDatabase.open(directory: folder.path))
        try await tasks.add([record("a")], at: 1) { _ in }
        let task = try #require(try await tasks.claim(TaskRecord.self, by: "one", at: 2, until: 100, atMost: 9).first)
        #expect(try await tasks.stop("a", .mediaPush, at: 3))
        try await tasks.release(task, by: "one", at: 4, due: 5000)
        #expect(try await tasks.all(TaskRecord.self).first?.due == 0)
    }
}
