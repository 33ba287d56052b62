import Foundation
import MediaEvents
import SMQProtocol
import Synchronization
import TestSupport
import Testing
import WorkerCore

@testable import Bridge

@Suite("Notices on their way to the queue", .timeLimit(.minutes(1))) struct IntakeTests {
    private let clock: ManualClock
    private let queue: ScriptedQueue
    private let stores = MemoryStores()
    private let log = RecordingLog()
    private let intake: NoticeIntake

    init() {
        let clock = ManualClock()
        self.clock = clock
        queue = ScriptedQueue(clock: clock)
        var push = NoticeIntake.Push()
        push.concurrency = 2
        intake = NoticeIntake(
            queue: queue, label: "events", store: stores, clock: clock, push: push,
            trouble: BridgeTrouble(logger: log.logger, clock: clock),
            random: { 0.5 })
    }

    private func notice(_ text: String, from sender: Notice.Sender = .agora) -> Notice {
        Notice(from: sender, body: Array(text.utf8), deadlines: Deadlines(sender == .agora ? .agora : .vod, from: clock.now))
    }

    private func push(_ id: String, notifyMs: Int = 1, state: String = "running") -> String {
        #"{"noticeId":"\#(id)","productId":5,"eventType":3,"notifyMs":\#(notifyMs),"payload":{"converter":{"id":"c","state":"\#(state)"}}}"#
    }

    /// Lets time pass until the outcome is there.
    private func outcome(_ task: Task<NoticeIntake.Outcome, Never>) async -> NoticeIntake.Outcome {
        let done = Mutex(false)
        let watch = Task {
            _ = await task.value
            done.withLock { $0 = true }
        }
        for _ in 0..<400 where !done.withLock({ $0 }) {
            clock.advance(by: .milliseconds(250))
            for _ in 0..<20 { await Task.yield() }
            try? await Task.sleep(for: .milliseconds(1))
        }
        await watch.value
        return await task.value
    }

    @Test("a notice goes into the queue as it came; text that XML cannot carry goes as base64")
    func queued() async {
        let text = push("n1")
        #expect(await intake.take(notice(text)) == .queued)
        #expect(await intake.take(notice("{\"a\":\"\u{1}\"}")) == .queued)
        #expect(queue.bodies == [text, Data("{\"a\":\"\u{1}\"}".utf8).base64EncodedString()])
    }

    @Test("copies are dropped: the same notice id, or equal in everything but notice id and time; others are not")
    func copies() async {
        #expect(await intake.take(notice(push("n1"))) == .queued)
        #expect(await intake.take(notice(push("n1", notifyMs: 2))) == .duplicate)
        #expect(await intake.take(notice(push("n2", notifyMs: 3))) == .duplicate)
        #expect(await intake.take(notice(push("n3", state: "failed"))) == .queued)
        #expect(await intake.take(notice("not JSON")) == .queued)
        #expect(await intake.take(notice("not JSON")) == .duplicate)
        #expect(queue.count == 3 && intake.counts.duplicates == 3)
    }

    @Test(
        "a copy waits for what becomes of the first: durable makes it a duplicate, a failure makes it the first", arguments: [true, false])
    func copyMeanwhile(becomesDurable: Bool) async {
        let arrived = Mutex(0)
        let release = Mutex(false)
        queue.fail { call in
            guard case .send = call else { return nil }
            arrived.withLock { $0 += 1 }
            return release.withLock { $0 } ? nil : .refuse(.internalError, status: 500)
        }
        stores.failKeeping(true)
        let (intake, text) = (intake, push("n1"))
        let first = Task { await intake.take(notice(text)) }
        #expect(await eventually { arrived.withLock { $0 } == 1 })
        let second = Task { await intake.take(notice(text)) }
        if becomesDurable { release.withLock { $0 = true } }
        let firstOutcome = await outcome(first)
        #expect(firstOutcome == (becomesDurable ? .queued : .unavailable))
        release.withLock { $0 = true }
        #expect(await outcome(second) == (becomesDurable ? .duplicate : .queued))
        #expect(queue.count == 1)
    }

    @Test(
        "what differs is no copy",
        arguments: [
            (#"{"noticeId":"","productId":5,"x":1}"#, #"{"noticeId":"","productId":5,"x":2}"#),
            (#"{"noticeId":"n","x":1}"#, #"{"noticeId":"n","x":2}"#),
            (#"{"productId":5,"x":18446744073709551615}"#, #"{"productId":5,"x":18446744073709551614}"#),
            (#"{"productId":5,"x":0.1}"#, #"{"productId":5,"x":0.10000000000000000001}"#),
            (#"{"productId":5,"x":"\udc00"}"#, #"{"productId":5,"x":"\udc01"}"#),
            (#"{"productId":5,"x":"\ud800"}"#, #"{"productId":5,"x":"\ud801"}"#),
            (#"{"productId":5,"x":1e999}"#, #"{"productId":5,"x":2e999}"#),
            (#"{"productId":5,"x":1,"x":2}"#, #"{"productId":5,"x":1,"x":3}"#),
            (#"{"productId":5,"x":1}"#, #"{"productId":5,"x ":1}"#), (#"{"productId":5,"x":1}"#, #"{"productId":5,"x":"1"}"#),
            (#"{"productId":5,"x":[1,2]}"#, #"{"productId":5,"x":[2,1]}"#),
        ])
    func different(one: String, other: String) async {
        #expect(await intake.take(notice(one)) == .queued)
        #expect(await intake.take(notice(other)) == .queued)
        #expect(await intake.take(notice(one)) == .duplicate)
    }

    @Test(
        "what says the same is a copy, however it is written",
        arguments: [
            (#"{"productId":5,"x":{"a":1,"b":2}}"#, #"{ "x" : {"b":2,"a":1}, "productId":5, "notifyMs":7 }"#),
            (#"{"productId":5,"x":1}"#, #"{"productId":5.0,"x":1.0}"#), (#"{"productId":5,"x":"é"}"#, #"{"productId":5,"x":"\u00e9"}"#),
            (#"{"productId":5,"noticeId":77,"x":1}"#, #"{"productId":"5","noticeId":"77","x":2}"#),
        ])
    func same(one: String, other: String) async {
        #expect(await intake.take(notice(one)) == .queued)
        #expect(await intake.take(notice(other)) == .duplicate)
    }

    @Test("a push whose answer does not come in time is not repeated: the queue may have it, and the store takes it")
    func slowQueue() async {
        queue.fail { call in
            guard case .send = call else { return nil }
            return .refuse(.timeout, status: 504)
        }
        #expect(await intake.take(notice(push("n1"))) == .kept)
        #expect(queue.calls.count == 1)
    }

    @Test("what one sender says never hides what the other says")
    func senders() async {
        let text = push("n1")
        #expect(await intake.take(notice(text, from: .vod)) == .queued)
        #expect(await intake.take(notice(text)) == .queued)
    }

    @Test("an empty body is kept, and never sent")
    func empty() async {
        #expect(await intake.take(notice("")) == .kept)
        #expect(stores.letters.first?.reason == .undecodable && queue.calls.isEmpty)
    }

    @Test("three attempts, a second apart; then the dead-letter store; then the sender is told")
    func outage() async {
        let times = Mutex<[ContinuousClock.Instant]>([])
        let clock = clock
        queue.fail { call in
            guard case .send = call else { return nil }
            times.withLock { $0.append(clock.now) }
            return .refuse(.internalError, status: 500)
        }
        let (intake, text) = (intake, push("n1"))
        #expect(await outcome(Task { await intake.take(notice(text)) }) == .kept)
        let gaps = times.withLock { times in zip(times.dropFirst(), times).map { $0 - $1 } }
        #expect(gaps.count == 2 && gaps.allSatisfy { $0 >= .seconds(1) && $0 <= .milliseconds(1500) })
        #expect(stores.letters.first?.reason == .pushFailed && stores.letters.first?.eventType == "media-push.3")
        #expect(stores.letters.first?.body == Array(text.utf8) && stores.letters.first?.key.queue == "events")
        stores.failKeeping(true)
        let other = push("n2", state: "failed")
        #expect(await outcome(Task { await intake.take(notice(other)) }) == .unavailable)
        stores.failKeeping(false)
        #expect(await outcome(Task { await intake.take(notice(other)) }) == .kept, "it does not count as seen")
        #expect(log.lines.count { $0.contains("does not take notices") } == 1, "once a minute")
    }

    @Test("no attempt begins that could end after the sender has given up", arguments: [(Notice.Sender.vod, 1), (.agora, 3)])
    func patience(sender: Notice.Sender, expected: Int) async {
        let attempts = Mutex(0)
        let clock = clock
        queue.fail { call in
            guard case .send = call else { return nil }
            attempts.withLock { $0 += 1 }
            clock.advance(by: .milliseconds(1500))  // the client's own limit
            return .refuse(.internalError, status: 500)
        }
        let (intake, notice) = (intake, notice(push("n1"), from: sender))
        #expect(await outcome(Task { await intake.take(notice) }) == .kept)
        #expect(attempts.withLock { $0 } == expected)
    }

    @Test("a notice whose body took all the time for pushes goes to the store at once")
    func slowBody() async {
        let notice = notice(push("n1"), from: .vod)
        clock.advance(by: .seconds(3))
        #expect(await intake.take(notice) == .kept)
        #expect(stores.letters.first?.reason == .pushFailed && queue.calls.isEmpty)
    }

    @Test("the sender is told in time though the store hangs; what is kept after all makes its next copy a duplicate")
    func slowStore() async {
        let (clock, store) = (clock, HangingStore())
        let intake = NoticeIntake(
            queue: queue, label: "events", store: store, clock: clock, trouble: BridgeTrouble(logger: log.logger, clock: clock),
            random: { 0.5 })
        queue.fail { _ in .refuse(.internalError, status: 500) }
        let (text, start) = (push("n1"), clock.now)
        let first = notice(text)
        let told = Task {
            let outcome = await intake.take(first)
            return (outcome, clock.now - start)
        }
        #expect(await outcome(Task { await told.value.0 }) == .unavailable)
        #expect(await told.value.1 <= .seconds(10))
        let second = notice(text)
        #expect(await outcome(Task { await intake.take(second) }) == .unavailable, "a copy waits no longer either")
        store.open()
        let third = notice(text)
        #expect(await outcome(Task { await intake.take(third) }) == .duplicate)
        #expect(store.count == 1)
        #expect(intake.counts.kept == 1 && intake.counts.unavailable == 2, "what became of it counts")
    }

    @Test("what no message can hold is kept as too large, and never sent")
    func tooLarge() async {
        let text = #"{"productId":5,"eventType":3,"x":"\#(String(repeating: "x", count: 65_536))"}"#
        #expect(await intake.take(notice(text)) == .kept)
        #expect(stores.letters.first?.reason == .tooLarge && queue.calls.isEmpty)
    }

    @Test("beyond the number that may be on their way, notices go to the store at once")
    func crowded() async {
        let arrived = Mutex(0)
        queue.fail { call in
            guard case .send = call else { return nil }
            arrived.withLock { $0 += 1 }
            return .refuse(.internalError, status: 500)
        }
        let intake = intake
        let texts = (0..<3).map { push("n\($0)", state: "s\($0)") }
        let tasks = texts.prefix(2).map { text in Task { await intake.take(notice(text)) } }
        #expect(await eventually { arrived.withLock { $0 } == 2 })
        #expect(await intake.take(notice(texts[2])) == .kept)
        #expect(stores.letters.first?.error?.contains("more than 2 notices") == true)
        for task in tasks { #expect(await outcome(task) == .kept) }
    }

    @Test("the window forgets the oldest by number and by age, and never what is under way")
    func window() async {
        let window = DuplicateWindow(capacity: 3, age: .seconds(100))
        let start = clock.now
        #expect(await window.begin(["slow"], at: start))
        for number in 0..<5 {
            #expect(await window.begin(["\(number)"], at: start))
            window.end(["\(number)"], isDurable: true, at: start)
        }
        #expect(window.count == 4)
        #expect(await window.begin(["0"], at: start), "forgotten by number")
        #expect(await !window.begin(["4"], at: start + .seconds(99)))
        #expect(await window.begin(["4"], at: start + .seconds(101)), "forgotten by age")
    }
}

/// Keeps nothing until it is opened.
private final class HangingStore: DeadLetterStore {
    private let state = Mutex((isOpen: false, count: 0, waiters: [CheckedContinuation<Void, Never>]()))

    var count: Int { state.withLock { $0.count } }

    func open() {
        let waiters = state.withLock { state in
            state.isOpen = true
            return state.waiters
        }
        for waiter in waiters { waiter.resume() }
    }

    func keep(_ letter: DeadLetter) async throws {
        await withCheckedContinuation { waiter in
            let isOpen = state.withLock { state in
                if !state.isOpen { state.waiters.append(waiter) }
                return state.isOpen
            }
            if isOpen { waiter.resume() }
        }
        state.withLock { $0.count += 1 }
    }
}
