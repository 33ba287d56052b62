import Foundation
import SMQProtocol
import Synchronization
import TestSupport
import Testing

@testable import WorkerCore

/// Calls and stores that fail: what is said, what is kept, what does not run twice.
@Suite(.timeLimit(.minutes(1))) struct TroubleTests {
    @Test("a call that waits for its answer leaves time in the lease to ask again")
    func limitedCalls() async {
        let release = OneShot<Void>()
        let bench = Bench([
            .test { _ in
                await release.value
                return .done
            }
        ])
        bench.queue.put(Bench.upload)
        #expect(await eventually { bench.worker.inHand == 1 })
        await bench.pass(.seconds(16))
        #expect(bench.queue.limits == [.seconds(5)], "a third of the 15 s that are left at the renewal")
        release.resolve(())
        #expect(await eventually { bench.queue.count == 0 })
        #expect(bench.queue.limits.count == 2 && bench.queue.limits[1] <= .seconds(15), "half of what is left at the delete")
        await bench.stop()
    }

    @Test("4: deletes that are refused while receives succeed are one log line a minute, and take nothing back")
    func refusedDeletes() async {
        let bench = Bench(visibility: .seconds(10), [.test { _ in .done }])
        bench.queue.fail { call in
            if case .delete = call { return .refuse(.accessDenied, status: 403) }
            return nil
        }
        for _ in 0..<50 { bench.queue.put(Bench.upload) }
        await bench.pass(.seconds(58))
        let denied = bench.log.lines.filter { $0.contains("AccessDenied") }
        #expect(denied.count == 1 && denied[0].contains("operation=BatchDeleteMessage"))
        #expect(!bench.log.lines.contains { $0.contains("answers again") })
        #expect(bench.log.lines.count { $0.contains("could not be deleted") } == 1)
        await bench.pass(.seconds(60))
        #expect(bench.log.lines.count { $0.contains("AccessDenied") } == 2)
        bench.queue.fail(nil)
        for _ in 0..<60 where bench.queue.count > 0 { await bench.pass(.seconds(1)) }
        await bench.stop()
        #expect(bench.queue.count == 0)
        #expect(bench.worker.counts.succeeded == 50, "each ran once")
    }

    @Test("4: receives that fail and succeed by turns are one log line a minute")
    func flapping() async {
        let turn = Mutex(0)
        let bench = Bench([.test { _ in .done }]) { $0.pollWait = .seconds(1) }
        bench.queue.fail { call in
            guard case .receive = call else { return nil }
            let isBad = turn.withLock { turn in
                turn += 1
                return turn % 2 == 0
            }
            return isBad ? .refuse(.internalError, status: 500) : nil
        }
        await bench.pass(.seconds(55), step: .milliseconds(500))
        #expect(turn.withLock { $0 } > 20)
        #expect(bench.log.lines.count { $0.contains("InternalError") } == 1)
        #expect(bench.log.lines.count { $0.contains("answers again") } == 1)
        await bench.stop()
    }

    @Test("a batch that is refused as a whole for one bad handle is deleted entry by entry")
    func refusedBatch() async {
        let bench = Bench([.test { _ in .done }]) { $0.ackLinger = .milliseconds(5) }
        bench.queue.fail { call in
            if case .delete(let handles) = call, handles.count > 1 { return .refuse(.messageNotExist, status: 404) }
            return nil
        }
        for _ in 0..<16 { bench.queue.put(Bench.upload) }
        for _ in 0..<60 where bench.queue.count > 0 { await bench.pass(.milliseconds(500), step: .milliseconds(5)) }
        await bench.stop()
        #expect(bench.queue.count == 0)
        #expect(bench.worker.counts.deleted == 16)
    }

    @Test("28: the lost answer to a delete that worked is not taken for a loss: the message is deleted")
    func lostDelete() async {
        let lost = Mutex(false)
        let bench = Bench([.test { _ in .done }])
        bench.queue.fail { call in
            guard case .delete = call else { return nil }
            return lost.withLock { lost in
                defer { lost = true }
                return lost ? nil : .loseAnswer
            }
        }
        bench.queue.put(Bench.upload)
        for _ in 0..<20 where bench.worker.inHand > 0 || bench.queue.count > 0 { await bench.pass(.seconds(1)) }
        await bench.stop()
        #expect(bench.worker.counts.deleted == 1)
        #expect(!bench.log.lines.contains { $0.contains("could not be deleted") })
    }

    @Test("while dead letters cannot be kept, handlers that finished do not run again")
    func keepFails() async {
        let runs = Mutex<[String]>([])
        let bench = Bench([
            .test("one") { _ in
                runs.withLock { $0.append("one") }
                return .done
            },
            .test("two") { _ in
                runs.withLock { $0.append("two") }
                return .deadLetter(reason: "bad")
            },
        ])
        bench.stores.failKeeping(true)
        bench.queue.put(Bench.upload)
        for _ in 0..<120 where runs.withLock({ $0.count }) < 4 { await bench.pass(.seconds(1)) }
        bench.stores.failKeeping(false)
        for _ in 0..<200 where bench.queue.count > 0 { await bench.pass(.seconds(1)) }
        await bench.stop()
        #expect(runs.withLock { $0.count { $0 == "one" } } == 1)
        #expect(bench.stores.letters.count == 1 && bench.queue.count == 0)
    }

    @Test("a redelivery whose history cannot be read waits: what ran already might run again")
    func historyUnread() async {
        let attempts = Mutex<[Int]>([])
        let bench = Bench([
            .test { context in
                attempts.withLock { $0.append(context.attempt) }
                return context.attempt == 1 ? .retry(after: .seconds(1)) : .done
            }
        ])
        bench.stores.failReading(true)
        bench.queue.put(Bench.upload)
        await bench.pass(.seconds(120))
        #expect(attempts.withLock { $0 } == [1])
        #expect(bench.log.lines.count { $0.contains("earlier attempts cannot be read") } <= 2, "once a minute")
        bench.stores.failReading(false)
        for _ in 0..<300 where bench.queue.count > 0 { await bench.pass(.seconds(1)) }
        await bench.stop()
        #expect(attempts.withLock { $0 } == [1, 2])
    }

    @Test("a message comes again before the queue drops it, however long the back-off, or is put aside in time")
    func retentionEnds() async {
        let times = Mutex<[ContinuousClock.Instant]>([])
        let clock = OneShot<ManualClock>()
        let now = Task { await clock.value }
        let bench = Bench(
            retention: .seconds(60),
            [
                .test { _ in
                    let clock = await now.value
                    times.withLock { $0.append(clock.now) }
                    throw CancellationError()
                }
            ]
        ) {
            $0.retry = RetryPolicy(base: .seconds(3600), cap: .seconds(3600), maximumAttempts: 100)
        }
        clock.resolve(bench.clock)
        let start = bench.clock.now
        bench.queue.put(Bench.upload)
        for _ in 0..<90 where bench.queue.count > 0 { await bench.pass(.seconds(1)) }
        await bench.stop()
        #expect(times.withLock { $0.count } >= 4)
        #expect(times.withLock { $0.allSatisfy { $0 < start + .seconds(60) } })
        #expect(bench.stores.letters.first?.reason == .expiring)
    }

    @Test("a digest that does not fit its body is counted and said, and the message is handled all the same")
    func digests() async {
        let bench = Bench([.test { _ in .done }])
        bench.queue.put(Bench.upload, digest: MessageBodyMD5.text(of: Array(Bench.upload.utf8)).lowercased())
        bench.queue.put(Bench.upload, digest: "5D41402ABC4B2A76B9719D911017C592")
        #expect(await eventually { bench.queue.count == 0 })
        await bench.stop()
        #expect(bench.worker.counts.mismatchedDigests == 1)
        #expect(bench.log.lines.count { $0.contains("does not fit its body") } == 1)
    }
}
