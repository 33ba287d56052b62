import Foundation
import SMQProtocol
import Synchronization
import TestSupport
import Testing

@testable import WorkerCore

/// Who may not hold up whom: quiet queues, blocking handlers.
@Suite(.timeLimit(.minutes(1))) struct IsolationTests {
    @Test("8: a quiet queue's long poll delays a busy queue not at all: its messages are done while no time passes")
    func quietQueue() async {
        let bench = Bench(queues: 2, [.test { _ in .done }]) { $0.concurrency = 4 }
        let (quiet, busy) = (bench.queues[0], bench.queues[1])
        #expect(await eventually { quiet.calls == [.receive(4)] })
        for _ in 0..<100 { busy.put(Bench.upload) }
        var left = true
        // The milliseconds that a poller waits for a full batch are the only time there is.
        for _ in 0..<400 where left {
            await bench.pass(.milliseconds(5), step: .milliseconds(5))
            left = busy.count > 0
        }
        #expect(busy.count == 0)
        #expect(quiet.calls == [.receive(4)], "the quiet queue's first poll is still under way")
        await bench.stop()
    }

    @Test("18: with 4 handlers for each core blocking their threads, every lease is renewed on time and no message runs twice")
    func blockingHandlers() async {
        let count = 4 * ProcessInfo.processInfo.activeProcessorCount
        let gate = DispatchSemaphore(value: 0)
        let starts = Mutex(0)
        let bench = Bench(
            visibility: .seconds(10), engine: ThreadExecutor(name: "engine", threads: 1),
            blockingThreads: ThreadExecutor(name: "handlers", threads: count),
            [
                .test(isBlocking: true) { _ in
                    starts.withLock { $0 += 1 }
                    gate.wait()
                    return .done
                }
            ])
        for _ in 0..<count { bench.queue.put(Bench.upload) }
        #expect(await eventually { starts.withLock { $0 } == count })
        for _ in 0..<60 {
            await bench.pass(.seconds(1), step: .milliseconds(250))
            #expect(bench.queue.shortestLease > .seconds(3), "renewed at half of what is left")
        }
        for _ in 0..<count { gate.signal() }
        #expect(await eventually { bench.queue.count == 0 })
        await bench.stop()
        #expect(starts.withLock { $0 } == count)
        #expect(bench.worker.counts.leaseLost == 0)
        #expect(bench.worker.counts.succeeded == count)
    }
}
