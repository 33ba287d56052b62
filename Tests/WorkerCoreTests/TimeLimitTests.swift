import Foundation
import Synchronization
import TestSupport
import Testing

@testable import WorkerCore

@Suite("Time limits of handlers", .timeLimit(.minutes(1))) struct TimeLimitTests {
    private let start = ContinuousClock.now
    private let limits = HandlerLimits(soft: .seconds(10), hard: .seconds(15), hold: .seconds(100))
    private func at(_ seconds: Double) -> ContinuousClock.Instant { start + .seconds(seconds) }
    private func running() -> HandlerRun {
        var run = HandlerRun(limits: limits, received: start)
        _ = run.begin("test", at: start)
        return run
    }

    @Test("a handler is cancelled at its soft limit and taken over at its hard one")
    func table() {
        var run = running()
        #expect(run.advance(to: at(9.9)) == .none)
        #expect(run.advance(to: at(10)) == .cancel(.timeLimit))
        #expect(run.nextDue == at(15))
        #expect(run.advance(to: at(15)) == .takeOver(handler: "test"))
        let isHis = run.finish()
        #expect(!isHis, "its late result is fenced")
    }

    @Test("a look that comes after the hard limit asks first, and leaves the time to obey")
    func lateLook() {
        var run = running()
        #expect(run.advance(to: at(60)) == .cancel(.timeLimit))
        #expect(run.advance(to: at(64)) == .none)
        #expect(run.advance(to: at(65)) == .takeOver(handler: "test"))
    }

    @Test("extend never shortens what a handler has, and ends at the holding limit")
    func extend() {
        var run = running()
        let isShorter = run.extend(by: .seconds(2), at: at(1))
        #expect(isShorter && run.nextDue == at(10))
        let isLonger = run.extend(by: .seconds(30), at: at(5))
        #expect(isLonger && run.nextDue == at(35))
        #expect(run.advance(to: at(35)) == .cancel(.timeLimit))
        #expect(run.nextDue == at(40), "the hard limit moved along")
        var other = running()
        let isBeyond = other.extend(by: .seconds(96), at: at(5))
        #expect(!isBeyond && other.nextDue == at(10))
    }

    @Test("the soft limit is kept however long the lease is, and counts as an attempt", arguments: [20, 600, 43_200])
    func softLimit(visibility: Int) async {
        let bench = Bench(
            visibility: .seconds(visibility),
            [
                .test { context in
                    while !Task.isCancelled { try? await Task.sleep(for: .milliseconds(1)) }
                    return .retry(after: .seconds(1))
                }
            ]
        ) { $0.limits = HandlerLimits(soft: .seconds(2), hard: .seconds(4), hold: .seconds(600)) }
        bench.queue.put(Bench.upload)
        #expect(await eventually { bench.worker.inHand == 1 })
        await bench.pass(.milliseconds(2500), step: .milliseconds(250))
        #expect(await eventually { bench.stores.history(ofMessage: "M1")?.attempts.count == 1 })
        #expect(bench.stores.history(ofMessage: "M1")?.attempts.first?.error == "stopped at the soft time limit")
        #expect(bench.worker.counts.stuck == 0)
        await bench.stop()
    }

    @Test("an extension moves the limit of a handler that asks for it in time")
    func extended() async {
        let clock = OneShot<ManualClock>()
        let bench = Bench([
            .test { context in
                let clock = await clock.value
                guard context.extend(by: .seconds(20)) else { return .deadLetter(reason: "refused") }
                await clock.sleep(until: clock.now + .seconds(15))
                return Task.isCancelled ? .deadLetter(reason: "cancelled") : .done
            }
        ]) { $0.limits = HandlerLimits(soft: .seconds(5), hard: .seconds(10), hold: .seconds(600)) }
        clock.resolve(bench.clock)
        bench.queue.put(Bench.upload)
        #expect(await eventually { bench.worker.inHand == 1 })
        for _ in 0..<30 where bench.queue.count > 0 { await bench.pass(.seconds(1)) }
        await bench.stop()
        #expect(bench.stores.letters.isEmpty)
        #expect(bench.worker.counts.succeeded == 1)
    }

    @Test("of several handlers one that breaks its limit is a bad end, although the next could not start any more")
    func firstOfTwo() async {
        let second = Mutex(0)
        let bench = Bench([
            .test("slow") { _ in
                while !Task.isCancelled { try? await Task.sleep(for: .milliseconds(1)) }
                throw CancellationError()
            },
            .test("quick") { _ in
                second.withLock { $0 += 1 }
                return .done
            },
        ]) { $0.limits = HandlerLimits(soft: .seconds(2), hard: .seconds(600), hold: .seconds(1200)) }
        bench.queue.put(Bench.upload)
        for _ in 0..<400 where bench.queue.count > 0 { await bench.pass(.seconds(1)) }
        await bench.stop()
        #expect(bench.stores.letters.first?.attempts.map(\.handler) == ["slow", "slow", "slow"])
        #expect(bench.stores.letters.first?.reason == .attemptsExhausted)
        #expect(second.withLock { $0 } == 0)
    }

    @Test("bad ends of several handlers are told together, and outlive the interruption of the next")
    func joined() {
        let one = Handling.failed(handler: "one", error: "no disk", after: .seconds(2))
        let two = Handling.failed(handler: "two", error: "no network", after: .seconds(9))
        #expect(one.joined(with: two) == .failed(handler: "one, two", error: "no disk; two: no network", after: .seconds(9)))
        #expect(one.joined(with: .interrupted) == one)
        #expect(Handling.succeeded.joined(with: .interrupted) == .interrupted)
        #expect(Handling.refused(handler: "one", reason: "bad").joined(with: two) == .refused(handler: "one", reason: "bad"))
    }

    @Test("the time that a blocking handler waits for a thread is not its own")
    func waitingForAThread() async {
        let gate = DispatchSemaphore(value: 0)
        let starts = Mutex(0)
        let bench = Bench(
            blockingThreads: ThreadExecutor(name: "handlers", threads: 1),
            [
                .test(isBlocking: true) { _ in
                    starts.withLock { $0 += 1 }
                    gate.wait()
                    return .done
                }
            ]
        ) { $0.limits = HandlerLimits(soft: .seconds(5), hard: .seconds(8), hold: .seconds(600)) }
        for _ in 0..<4 { bench.queue.put(Bench.upload) }
        for count in 1...4 {
            #expect(await eventually { starts.withLock { $0 } == count })
            await bench.pass(.seconds(4))
            gate.signal()
        }
        #expect(await eventually { bench.queue.count == 0 })
        await bench.stop()
        #expect(starts.withLock { $0 } == 4)
        #expect(bench.worker.counts.succeeded == 4)
    }

    @Test("the soft limit of a handler that starts late is kept, although nothing else is due for long")
    func lateStart() async {
        let gate = DispatchSemaphore(value: 0)
        let starts = Mutex(0)
        let bench = Bench(
            visibility: .seconds(43_200), blockingThreads: ThreadExecutor(name: "handlers", threads: 1),
            [
                .test(isBlocking: true) { context in
                    let number = starts.withLock { starts in
                        starts += 1
                        return starts
                    }
                    if number == 1 {
                        gate.wait()
                        return .done
                    }
                    while !Task.isCancelled { usleep(1000) }
                    return .deadLetter(reason: "cancelled")
                }
            ]
        ) { $0.limits = HandlerLimits(soft: .seconds(20), hard: .seconds(30), hold: .seconds(86_400)) }
        for _ in 0..<2 { bench.queue.put(Bench.upload) }
        #expect(await eventually { starts.withLock { $0 } == 1 && bench.worker.inHand == 2 })
        await bench.pass(.seconds(10))
        gate.signal()
        #expect(await eventually { starts.withLock { $0 } == 2 })
        await bench.pass(.seconds(21))
        #expect(await eventually { bench.stores.letters.first?.error?.contains("cancelled") == true })
        #expect(bench.worker.counts.stuck == 0)
        await bench.stop()
    }

    @Test("a stuck blocking handler keeps its thread, and the others get another one")
    func stuckThread() async {
        let gate = DispatchSemaphore(value: 0)
        let bench = Bench(
            blockingThreads: ThreadExecutor(name: "handlers", threads: 1), stuckLimit: 0,
            [
                .test(isBlocking: true) { context in
                    if context.messageID == "M1", context.attempt == 1 { gate.wait() }
                    return .done
                }
            ]
        ) { $0.limits = HandlerLimits(soft: .seconds(5), hard: .seconds(8), hold: .seconds(600)) }
        for _ in 0..<3 { bench.queue.put(Bench.upload) }
        for _ in 0..<120 where bench.queue.count > 0 { await bench.pass(.seconds(1)) }
        #expect(bench.queue.count == 0)
        #expect(bench.worker.counts.stuck == 1)
        gate.signal()
        #expect(await eventually { bench.worker.counts.stuck == 0 })
        await bench.stop()
    }

    @Test("too many stuck handlers, of all queues together, end the worker")
    func tooManyStuck() async {
        let release = OneShot<Void>()
        let gate = Task { await release.value }
        let bench = Bench(
            queues: 2, stuckLimit: 2,
            [
                .test { _ in
                    await gate.value
                    return .done
                }
            ]
        ) { $0.limits = HandlerLimits(soft: .seconds(5), hard: .seconds(8), hold: .seconds(600)) }
        bench.queues[0].put(Bench.upload)
        await bench.pass(.seconds(10))
        #expect(bench.worker.counts.stuck == 1)
        bench.queues[1].put(Bench.upload)
        for _ in 0..<60 where bench.worker.counts.stuck < 2 { await bench.pass(.seconds(1)) }
        await bench.stop()
        #expect(bench.worker.ending == .stuck)
        release.resolve(())
    }
}
