import CCurl
import Synchronization

/// Where callers leave work for the curl thread. The thread is woken only when it sleeps, and once for all that comes meanwhile.
final class Inbox: Sendable {
    /// What came since the thread looked last.
    struct Batch: Sendable {
        var submitted: [Exchange] = []
        var withdrawn: [Exchange] = []
        /// Why the thread is to end; nil while it is not.
        var stopReason: String?
    }

    /// The one use of a multi handle outside the curl thread.
    private struct Waker: @unchecked Sendable {  // libcurl documents curl_multi_wakeup as safe from any thread
        let multi: UnsafeMutableRawPointer
        func wake() { curl_multi_wakeup(multi) }
    }

    private struct State {
        var batch = Batch()
        var waker: Waker?
        var isAsleep = false

        /// Under the lock, because the thread frees the handle as soon as it has taken the waker away.
        mutating func wake() {
            guard isAsleep else { return }
            isAsleep = false
            waker?.wake()
        }
    }

    private let state = Mutex(State())

    // MARK: callers

    /// - Returns: nil when the exchange was taken, or the reason why the transport has stopped.
    func submit(_ exchange: Exchange) -> String? {
        state.withLock { state in
            if let reason = state.batch.stopReason { return reason }
            state.batch.submitted.append(exchange)
            state.wake()
            return nil
        }
    }

    /// Has the thread drop an exchange that is finished already.
    func withdraw(_ exchange: Exchange) {
        state.withLock { state in
            guard state.batch.stopReason == nil else { return }
            state.batch.withdrawn.append(exchange)
            state.wake()
        }
    }

    /// The first reason stays.
    func stop(_ reason: String) {
        state.withLock { state in
            guard state.batch.stopReason == nil else { return }
            state.batch.stopReason = reason
            state.wake()
        }
    }

    // MARK: the curl thread

    /// From here on callers may wake a thread that polls `multi`.
    func open(_ multi: UnsafeMutableRawPointer) {
        let waker = Waker(multi: multi)
        state.withLock { $0.waker = waker }
    }

    /// After this nobody touches the multi handle any more.
    func close() {
        state.withLock { $0.waker = nil }
    }

    /// Takes all that came and leaves the emptied arrays of `batch` to be filled next.
    func drain(into batch: inout Batch) {
        batch.submitted.removeAll(keepingCapacity: true)
        batch.withdrawn.removeAll(keepingCapacity: true)
        state.withLock { state in
            state.isAsleep = false
            batch.stopReason = state.batch.stopReason
            swap(&state.batch, &batch)
        }
    }

    /// True when nothing came since `drain`: whatever comes from now on ends a `curl_multi_poll`.
    func mayFallAsleep() -> Bool {
        state.withLock { state in
            state.isAsleep = state.batch.submitted.isEmpty && state.batch.withdrawn.isEmpty && state.batch.stopReason == nil
            return state.isAsleep
        }
    }
}
