import SMQProtocol
import Synchronization
import Testing

@testable import LocalSMQ

@Suite struct QueueDirectoryTests {
    private let now = Sample.start

    @Test("creating a queue again is the same as before if the settings are, absent ones counting as defaults")
    func create() throws {
        var queues = try QueueDirectory()
        #expect(try queues.create("jobs", QueueSettings(), at: now) == .created)
        #expect(try queues.create("jobs", QueueSettings(visibilityTimeout: .seconds(30)), at: now) == .existed)
        #expect(throws: QueueRefusal.queueAlreadyExist) {
            _ = try queues.create("jobs", QueueSettings(visibilityTimeout: .seconds(31)), at: now)
        }
    }

    @Test("set changes only what is there, and the time of the last change")
    func set() throws {
        var queues = try QueueDirectory()
        _ = try queues.create("jobs", QueueSettings(pollingWait: .seconds(5)), at: now)
        try queues.set(QueueSettings(visibilityTimeout: .seconds(90), loggingEnabled: true), of: "jobs", at: now + 5_000)
        let expected = QueueAttributes(
            name: "jobs", visibilityTimeout: .seconds(90), pollingWait: .seconds(5), loggingEnabled: true,
            created: ServerTime(milliseconds: now), lastModified: ServerTime(milliseconds: now + 5_000))
        #expect(try queues.attributes(of: "jobs", at: now + 6_000) == expected)
    }

    @Test("a deleted queue is gone with its messages")
    func delete() throws {
        var queues = try QueueDirectory()
        _ = try queues.create("jobs", QueueSettings(), at: now)
        _ = try queues.with("jobs") { $0.send(Sample.message("A"), at: now) }
        try queues.delete("jobs")
        #expect(throws: QueueRefusal.queueNotExist) { try queues.delete("jobs") }
        #expect(throws: QueueRefusal.queueNotExist) { _ = try queues.attributes(of: "jobs", at: now) }
        #expect(throws: QueueRefusal.queueNotExist) { try queues.set(QueueSettings(), of: "jobs", at: now) }
        #expect(throws: QueueRefusal.queueNotExist) { try queues.with("jobs") { $0.advance(to: now) } }
        #expect(try queues.create("jobs", QueueSettings(), at: now) == .created)
        #expect(try queues.attributes(of: "jobs", at: now).activeMessages == 0)
    }

    @Test("a list goes page by page, by prefix, without missing or repeating a name")
    func list() throws {
        var queues = try QueueDirectory()
        for number in 0..<25 { _ = try queues.create("job-\(number)", QueueSettings(), at: now) }
        _ = try queues.create("other", QueueSettings(), at: now)
        var seen: [String] = []
        var marker: String?
        var pages = 0
        repeat {
            let page = try queues.list(prefix: "job-", after: marker, limit: 10, at: now)
            seen += page.queues.map(\.name)
            marker = page.nextMarker
            pages += 1
        } while marker != nil
        #expect(pages == 3)
        #expect(seen == (0..<25).map { "job-\($0)" }.sorted())
        #expect(try queues.list(prefix: "none", after: nil, limit: 10, at: now).queues.isEmpty)
        #expect(try queues.list(prefix: "", after: nil, limit: 26, at: now).nextMarker == nil, "a full last page has no marker")
        #expect(throws: QueueRefusal.invalidMarker) { _ = try queues.list(prefix: "", after: "*", limit: 1, at: now) }
    }

    @Test("a directory made from a store's records is the one that wrote them")
    func restart() throws {
        let store = RecordingStore()
        var queues = try QueueDirectory(store: store, newTicket: Sample.tickets())
        _ = try queues.create("jobs", QueueSettings(), at: now)
        _ = try queues.create("gone", QueueSettings(), at: now)
        try queues.delete("gone")
        _ = try queues.with("jobs") { queue in for name in ["A", "B"] { _ = queue.send(Sample.message(name), at: now) } }
        let leased = try queues.with("jobs") { $0.receive(upTo: 1, at: now + 1)[0] }
        try queues.set(QueueSettings(visibilityTimeout: .seconds(5)), of: "jobs", at: now + 2)

        var again = try QueueDirectory(store: store, newTicket: Sample.tickets())
        #expect(again.names == ["jobs"])
        #expect(try again.attributes(of: "jobs", at: now + 3) == queues.attributes(of: "jobs", at: now + 3))
        try again.with("jobs") { queue throws(QueueRefusal) in try queue.delete(leased.receiptHandle, at: now + 4) }
        #expect(try again.with("jobs") { $0.receive(upTo: 16, at: now + 4) }.ids == ["B"])
    }

    @Test("a change that the store refuses is not confirmed")
    func storeFails() throws {
        let store = RecordingStore()
        var queues = try QueueDirectory(store: store)
        _ = try queues.create("jobs", QueueSettings(), at: now)
        store.fails.withLock { $0 = true }
        #expect(throws: QueueRefusal.self) { _ = try queues.create("more", QueueSettings(), at: now) }
        #expect(throws: QueueRefusal.self) { _ = try queues.with("jobs") { $0.send(Sample.message("A"), at: now) } }
    }
}

private final class RecordingStore: QueueStore {
    struct Full: Error {}

    let records = Mutex<[StoreRecord]>([])
    let fails = Mutex(false)

    var isDurable: Bool { true }

    func load() -> [StoreRecord] { records.withLock { $0 } }

    func append(_ record: StoreRecord) throws {
        if fails.withLock({ $0 }) { throw Full() }
        records.withLock { $0.append(record) }
    }
}
