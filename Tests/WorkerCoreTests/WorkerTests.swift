import Foundation
import SMQProtocol
import Synchronization
import TestSupport
import Testing

@testable import WorkerCore

/// The engine as a whole over a scripted queue.
@Suite(.timeLimit(.minutes(1))) struct WorkerTests {
    struct Broken: Error {}

    @Test("a message is deleted only after its handler succeeded")
    func deletedAfterSuccess() async {
        let gate = OneShot<Void>()
        let bench = Bench([
            .test { _ in
                await gate.value
                return .done
            }
        ])
        bench.queue.put(Bench.upload)
        #expect(await eventually { bench.worker.inHand == 1 })
        #expect(bench.queue.count == 1)
        gate.resolve(())
        #expect(await eventually { bench.queue.count == 0 })
        await bench.stop()
        #expect(bench.worker.counts.succeeded == 1)
        #expect(bench.worker.counts.deleted == 1)
    }

    @Test("a handler that fails is tried three times, then the message is a dead letter with all attempts")
    func threeAttempts() async {
        let starts = Mutex<[Int]>([])
        let bench = Bench([
            .test { context in
                starts.withLock { $0.append(context.attempt) }
                throw Broken()
            }
        ])
        let id = bench.queue.put(Bench.upload)
        for _ in 0..<60 where bench.queue.count > 0 { await bench.pass(.seconds(5)) }
        await bench.stop()
        #expect(starts.withLock { $0 } == [1, 2, 3])
        let letter = bench.stores.letters.first
        #expect(letter?.key.messageID == id)
        #expect(letter?.reason == .attemptsExhausted)
        #expect(letter?.attempts.map(\.number) == [1, 2, 3])
        #expect(bench.queue.count == 0)
    }

    @Test("40: a dead letter is kept before it is deleted; while keeping fails the message stays")
    func keepThenDelete() async {
        let bench = Bench([.test { _ in .deadLetter(reason: "no use") }])
        bench.stores.failKeeping(true)
        bench.queue.put(Bench.upload)
        #expect(await eventually { bench.worker.counts.retried == 1 })
        #expect(bench.queue.count == 1)
        bench.stores.failKeeping(false)
        for _ in 0..<30 where bench.queue.count > 0 { await bench.pass(.seconds(5)) }
        await bench.stop()
        #expect(bench.stores.letters.count == 1)
        #expect(bench.stores.letters.first?.error == "test: no use")
        #expect(bench.queue.count == 0)
    }

    @Test("16, 34: undecodable bodies, unknown types and events without a handler are kept with their reason and give their slot back")
    func unhandled() async {
        let bench = Bench([]) { $0.concurrency = 2 }
        for body in ["junk!", #"{"EventType":"Nope"}"#, Bench.upload] { for _ in 0..<4 { bench.queue.put(body) } }
        for _ in 0..<100 where bench.queue.count > 0 { await bench.pass(.milliseconds(5), step: .milliseconds(5)) }
        #expect(bench.queue.count == 0)
        await bench.stop()
        let reasons = Dictionary(grouping: bench.stores.letters, by: \.reason).mapValues(\.count)
        #expect(reasons == [.undecodable: 4, .unknownType: 4, .noHandler: 4])
        #expect(bench.stores.letters.first { $0.reason == .undecodable }?.body == Array("junk!".utf8))
    }

    @Test("a long handler keeps its lease by renewals and is acked on the newest handle")
    func longHandler() async {
        let gate = OneShot<Void>()
        let starts = Mutex(0)
        let bench = Bench(
            visibility: .seconds(4),
            [
                .test { _ in
                    starts.withLock { $0 += 1 }
                    await gate.value
                    return .done
                }
            ])
        let id = bench.queue.put(Bench.upload)
        #expect(await eventually { bench.worker.inHand == 1 })
        await bench.pass(.seconds(12), step: .milliseconds(250))
        let newest = bench.queue.handle(id)
        gate.resolve(())
        #expect(await eventually { bench.queue.count == 0 })
        await bench.stop()
        #expect(starts.withLock { $0 } == 1)
        #expect(bench.queue.calls.contains(.delete([newest].compactMap { $0 })))
        #expect(bench.worker.counts.leaseLost == 0)
    }

    @Test("25: a redelivery that lands while the first delivery's handler still runs does not start it again")
    func redeliveredWhileAtWork() async {
        let starts = Mutex(0)
        let release = OneShot<Void>()
        let bench = Bench(
            visibility: .seconds(10),
            [
                .test { context in
                    starts.withLock { $0 += 1 }
                    await release.value
                    return .done
                }
            ]
        ) { $0.concurrency = 2 }
        bench.queue.fail { call in
            if case .change = call { return .refuse(.internalError, status: 500) }
            return nil
        }
        bench.queue.put(Bench.upload)
        #expect(await eventually { bench.worker.inHand == 1 })
        for _ in 0..<20 where bench.worker.counts.redelivered == 0 { await bench.pass(.seconds(5), step: .milliseconds(500)) }
        #expect(bench.worker.counts.redelivered > 0)
        #expect(starts.withLock { $0 } == 1)
        release.resolve(())
        for _ in 0..<20 where bench.queue.count > 0 { await bench.pass(.seconds(5)) }
        await bench.stop()
        #expect(starts.withLock { $0 } == 1)
        #expect(bench.queue.count == 0)
    }

    @Test("26: a lost lease cancels the handler; finished all the same, its redelivery is deleted without running again")
    func lostLease() async {
        let starts = Mutex(0)
        let cancelled = Mutex(false)
        let release = OneShot<Void>()
        let bench = Bench(
            visibility: .seconds(10),
            [
                .test { context in
                    starts.withLock { $0 += 1 }
                    await withTaskCancellationHandler {
                        await release.value
                    } onCancel: {
                        cancelled.withLock { $0 = true }
                    }
                    return .done
                }
            ]
        ) { $0.concurrency = 1 }
        bench.queue.fail { call in
            if case .change = call { return .refuse(.internalError, status: 500) }
            return nil
        }
        bench.queue.put(Bench.upload)
        #expect(await eventually { bench.worker.inHand == 1 })
        await bench.pass(.seconds(11), step: .milliseconds(500))
        #expect(cancelled.withLock { $0 })
        #expect(bench.worker.counts.leaseLost == 1)
        release.resolve(())
        for _ in 0..<20 where bench.queue.count > 0 { await bench.pass(.seconds(5)) }
        await bench.stop()
        #expect(starts.withLock { $0 } == 1)
        #expect(bench.queue.count == 0)
        #expect(bench.worker.counts.duplicates == 1)
    }

    @Test("28: while deletes fail finished work is remembered: it runs once and the queue ends empty")
    func deletesFail() async {
        let starts = Mutex(0)
        let bench = Bench(
            visibility: .seconds(5),
            [
                .test { _ in
                    starts.withLock { $0 += 1 }
                    return .done
                }
            ])
        bench.queue.fail { call in
            if case .delete = call { return .refuse(.internalError, status: 500) }
            return nil
        }
        bench.queue.put(Bench.upload)
        await bench.pass(.seconds(12), step: .milliseconds(500))
        bench.queue.fail(nil)
        for _ in 0..<20 where bench.queue.count > 0 { await bench.pass(.seconds(5)) }
        await bench.stop()
        #expect(starts.withLock { $0 } == 1)
        #expect(bench.queue.count == 0)
        #expect(bench.stores.letters.isEmpty)
    }

    @Test("31: a handler that ignores its limits gives its slot back, is counted as stuck, and its late result is thrown away")
    func stuckHandler() async {
        let release = OneShot<Void>()
        let bench = Bench([
            .test { context in
                if context.attempt == 1, context.messageID == "M1" { await release.value }
                return .done
            }
        ]) {
            $0.concurrency = 1
            $0.limits = HandlerLimits(soft: .seconds(10), hard: .seconds(20), hold: .seconds(600))
        }
        bench.queue.put(Bench.upload)
        #expect(await eventually { bench.worker.inHand == 1 })
        let other = bench.queue.put(Bench.upload)
        for _ in 0..<60 where bench.queue.receives(other) == 0 { await bench.pass(.seconds(1)) }
        #expect(bench.worker.counts.stuck == 1)
        for _ in 0..<60 where bench.queue.count > 0 { await bench.pass(.seconds(2)) }
        release.resolve(())
        #expect(await eventually { bench.worker.counts.stuck == 0 })
        await bench.stop()
        #expect(bench.worker.counts.succeeded == 2, "the second try of the first, and the other one")
    }

    @Test("9: one slow message holds nobody: slots refill one by one")
    func slowMessage() async {
        let release = OneShot<Void>()
        let bench = Bench([
            .test { context in
                if context.messageID == "M1" { await release.value }
                return .done
            }
        ]) { $0.concurrency = 4 }
        for _ in 0..<101 { bench.queue.put(Bench.upload) }
        var left = true
        for _ in 0..<400 where left {
            await bench.pass(.milliseconds(5), step: .milliseconds(5))
            left = bench.queue.count > 1
        }
        #expect(bench.queue.count == 1)
        release.resolve(())
        #expect(await eventually { bench.queue.count == 0 })
        await bench.stop()
    }

    @Test("36: a batch that lands after the stop is handed back at once, and starts nothing")
    func stopAtDelivery() async {
        let starts = Mutex(0)
        let bench = Bench([
            .test { _ in
                starts.withLock { $0 += 1 }
                return .done
            }
        ])
        #expect(await eventually { !bench.queue.calls.isEmpty })
        bench.worker.requestStop()
        let id = bench.queue.put(Bench.upload)
        #expect(await eventually { bench.queue.calls.contains { if case .change(_, .seconds(1)) = $0 { true } else { false } } })
        await bench.stop()
        #expect(starts.withLock { $0 } == 0)
        #expect(bench.queue.count == 1)
        #expect((bench.queue.visibleAt(id) ?? .now) <= bench.clock.now + .seconds(1))
    }

    @Test("all handlers of an event must succeed; on a retry those that did already do not run again")
    func severalHandlers() async {
        let runs = Mutex<[String]>([])
        let bench = Bench([
            .test("one") { _ in
                runs.withLock { $0.append("one") }
                return .done
            },
            .test("two") { context in
                runs.withLock { $0.append("two") }
                return context.attempt == 1 ? .retry(after: .seconds(2)) : .done
            },
        ])
        bench.queue.put(Bench.upload)
        for _ in 0..<20 where bench.queue.count > 0 { await bench.pass(.seconds(1)) }
        await bench.stop()
        #expect(runs.withLock { $0 } == ["one", "two", "two"])
        #expect(bench.queue.count == 0)
    }

    @Test("17: with one slot only one message is leased at a time")
    func oneSlot() async {
        let bench = Bench([.test { _ in .done }]) { $0.concurrency = 1 }
        for _ in 0..<5 { bench.queue.put(Bench.upload) }
        for _ in 0..<50 where bench.queue.count > 0 { await bench.pass(.milliseconds(5), step: .milliseconds(5)) }
        await bench.stop()
        #expect(bench.queue.calls.allSatisfy { if case .receive(let room) = $0 { room == 1 } else { true } })
        #expect(bench.worker.counts.succeeded == 5)
    }

    @Test("a snooze counts no attempt and comes back at its time")
    func snooze() async {
        let attempts = Mutex<[Int]>([])
        let bench = Bench([
            .test { context in
                attempts.withLock { $0.append(context.attempt) }
                return attempts.withLock { $0.count } == 1 ? .snooze(until: Date(timeIntervalSince1970: 1_790_000_060)) : .done
            }
        ])
        bench.queue.put(Bench.upload)
        #expect(await eventually { attempts.withLock { $0.count } == 1 })
        await bench.pass(.seconds(59))
        #expect(attempts.withLock { $0.count } == 1, "not before its time")
        for _ in 0..<30 where bench.queue.count > 0 { await bench.pass(.seconds(1)) }
        await bench.stop()
        #expect(attempts.withLock { $0 } == [1, 1])
        #expect(bench.queue.count == 0)
    }

    @Test("until-empty ends when nothing is left in hand, waiting or in the queue")
    func untilEmpty() async {
        let bench = Bench([.test { $0.attempt == 1 ? .retry(after: .seconds(3)) : .done }]) { $0.untilEmpty = true }
        for _ in 0..<3 { bench.queue.put(Bench.upload) }
        let ended = Mutex(false)
        Task {
            await bench.running.value
            ended.withLock { $0 = true }
        }
        for _ in 0..<200 where !ended.withLock({ $0 }) { await bench.pass(.milliseconds(500), step: .milliseconds(100)) }
        #expect(ended.withLock { $0 })
        #expect(bench.worker.ending == .empty)
        #expect(bench.queue.count == 0)
        #expect(bench.worker.counts.succeeded == 3)
    }
}
