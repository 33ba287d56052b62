import Dispatch
import Glibc

import class Foundation.Thread

/// A task executor over plain threads, with timers of its own.
///
/// The engine (pollers, lease keeper, settler) runs on one, handlers that block their thread on another, so that neither waits
/// for the shared pool: with all of that pool's threads blocked, a `Task.sleep` of 1 s was measured to return after 11 s.
package final class ThreadExecutor: TaskExecutor {
    private let state: State
    private let name: String

    /// - Parameters:
    ///   - name: shown by `top -H` and debuggers.
    ///   - threads: 1 or more.
    package init(name: String, threads: Int) {
        let state = State()
        self.state = state
        self.name = name
        for _ in 0..<max(1, threads) { Self.startThread(name: name, state) }
    }

    deinit { state.close() }

    /// One more thread, in the place of one that is stuck in its job.
    func addThread() { Self.startThread(name: name, state) }

    /// One thread less, as soon as one has nothing to do.
    func dropThread() { state.dropThread() }

    package func enqueue(_ job: consuming ExecutorJob) {
        // The job's thread learns its executor through the job itself, so that queued jobs keep the executor alive.
        state.push(UnownedJob(job), of: self)
    }

    /// Suspends until `deadline` or the cancellation of the task; resumes on the task's own executor.
    package func sleep(until deadline: ContinuousClock.Instant) async {
        let id = state.nextTimerID()
        await withTaskCancellationHandler {
            await withCheckedContinuation { state.addTimer(id, deadline, $0) }
        } onCancel: {
            state.cancelTimer(id)
        }
    }

    private static func startThread(name: String, _ state: State) {
        let isStarted = DispatchSemaphore(value: 0)
        let thread = Thread {
            isStarted.wait()  // Foundation on Linux loses a name given before `start` has returned
            Thread.current.name = name
            state.work()
        }
        thread.start()
        isStarted.signal()
    }
}

extension ThreadExecutor {
    /// Queue, timers and the condition that the threads sleep on.
    ///
    /// `@unchecked Sendable`: every access to the stored collections happens between `lock()` and `unlock()` of the one pthread mutex.
    private final class State: @unchecked Sendable {
        private struct Entry {
            let job: UnownedJob
            let executor: ThreadExecutor
        }
        typealias Waiter = CheckedContinuation<Void, Never>

        private let mutex = UnsafeMutablePointer<pthread_mutex_t>.allocate(capacity: 1)
        private let condition = UnsafeMutablePointer<pthread_cond_t>.allocate(capacity: 1)
        private var jobs: [Entry] = []
        private var head = 0
        private var idle = 0
        private var isClosed = false
        private var surplus = 0
        private var lastTimer: UInt64 = 0
        private var timers: [UInt64: (deadline: ContinuousClock.Instant, waiter: Waiter)] = [:]
        /// No timer is due before; earlier than any deadline after one was cancelled.
        private var nextDue: ContinuousClock.Instant?
        private var cancelledEarly: Set<UInt64> = []

        init() {
            pthread_mutex_init(mutex, nil)
            var attributes = pthread_condattr_t()
            pthread_condattr_init(&attributes)
            pthread_condattr_setclock(&attributes, CLOCK_MONOTONIC)
            pthread_cond_init(condition, &attributes)
            pthread_condattr_destroy(&attributes)
        }

        deinit {
            pthread_cond_destroy(condition)
            pthread_mutex_destroy(mutex)
            condition.deallocate()
            mutex.deallocate()
        }

        func push(_ job: UnownedJob, of executor: ThreadExecutor) {
            pthread_mutex_lock(mutex)
            jobs.append(Entry(job: job, executor: executor))
            let someoneSleeps = idle > 0
            pthread_mutex_unlock(mutex)
            if someoneSleeps { pthread_cond_signal(condition) }
        }

        func close() {
            pthread_mutex_lock(mutex)
            isClosed = true
            pthread_mutex_unlock(mutex)
            pthread_cond_broadcast(condition)
        }

        func dropThread() {
            pthread_mutex_lock(mutex)
            surplus += 1
            pthread_mutex_unlock(mutex)
            pthread_cond_signal(condition)
        }

        func nextTimerID() -> UInt64 {
            pthread_mutex_lock(mutex)
            defer { pthread_mutex_unlock(mutex) }
            lastTimer += 1
            return lastTimer
        }

        func addTimer(_ id: UInt64, _ deadline: ContinuousClock.Instant, _ waiter: Waiter) {
            pthread_mutex_lock(mutex)
            let isOver = cancelledEarly.remove(id) != nil || isClosed
            if !isOver {
                timers[id] = (deadline, waiter)
                nextDue = min(nextDue ?? deadline, deadline)
            }
            pthread_mutex_unlock(mutex)
            if isOver { waiter.resume() } else { pthread_cond_signal(condition) }
        }

        func cancelTimer(_ id: UInt64) {
            pthread_mutex_lock(mutex)
            let timer = timers.removeValue(forKey: id)
            if timer == nil { cancelledEarly.insert(id) }  // before it was set; or after it fired, then `sleep` is over
            if cancelledEarly.count > 1024 { cancelledEarly = cancelledEarly.filter { $0 > lastTimer - 512 } }
            pthread_mutex_unlock(mutex)
            timer?.waiter.resume()
        }

        /// A thread's life: due timers first, then jobs in order, else sleep until the next of either.
        func work() {
            pthread_mutex_lock(mutex)
            while true {
                let due = takeDueTimers()
                if !due.isEmpty {
                    pthread_mutex_unlock(mutex)
                    for waiter in due { waiter.resume() }
                    pthread_mutex_lock(mutex)
                    continue
                }
                if let entry = takeJob() {
                    pthread_mutex_unlock(mutex)
                    entry.job.runSynchronously(on: entry.executor.asUnownedTaskExecutor())
                    pthread_mutex_lock(mutex)
                    continue
                }
                if isClosed { break }
                if surplus > 0 {
                    surplus -= 1
                    break
                }
                idle += 1
                waitForWork()
                idle -= 1
            }
            pthread_mutex_unlock(mutex)
        }

        private func takeJob() -> Entry? {
            guard head < jobs.count else { return nil }
            let entry = jobs[head]
            head += 1
            if head == jobs.count || head > 256 {
                jobs.removeFirst(head)
                head = 0
            }
            return entry
        }

        private func takeDueTimers() -> [Waiter] {
            guard let nextDue else { return [] }
            let now = ContinuousClock.now
            guard isClosed || nextDue <= now else { return [] }
            let due = timers.filter { isClosed || $0.value.deadline <= now }
            for id in due.keys { timers[id] = nil }
            self.nextDue = timers.values.lazy.map(\.deadline).min()
            return due.values.map(\.waiter)
        }

        /// With the mutex held; returns with it held.
        private func waitForWork() {
            guard let nextDue else {
                pthread_cond_wait(condition, mutex)
                return
            }
            let left = max(.zero, ContinuousClock.now.duration(to: nextDue)).components
            var until = timespec()
            clock_gettime(CLOCK_MONOTONIC, &until)
            // A far deadline is cut to an hour: the loop looks again.
            until.tv_sec += Int(min(left.seconds, 3600))
            until.tv_nsec += Int(left.attoseconds / 1_000_000_000)
            if until.tv_nsec >= 1_000_000_000 {
                until.tv_sec += 1
                until.tv_nsec -= 1_000_000_000
            }
            pthread_cond_timedwait(condition, mutex, &until)
        }
    }
}
