import Foundation
import UnixSignals
import WorkerCore

/// SIGTERM and SIGINT of this process. The first one asks for an orderly stop, the second one ends the process at once.
///
/// Listens on a thread of its own: handlers that block the shared pool cannot delay it.
struct StopSignals: Sendable {
    /// What a second signal does.
    enum Second: Sendable {
        /// `atOnce` runs, then the process ends with 128 + signal.
        case ends(atOnce: @Sendable () -> Void)
        /// Nothing more than the first one: a worker below a parent gets the signal from the parent and from whoever signals the whole group.
        case repeats
    }

    private let executor = ThreadExecutor(name: "signals", threads: 1)
    private let signals: UnixSignalsSequence

    /// Installs the handlers: from here on the signals do not end the process by themselves.
    init() async { signals = await UnixSignalsSequence(trapping: .sigterm, .sigint) }

    /// Runs until the task is cancelled.
    /// - Parameter first: called with the signal's number; may be called again with `.repeats`.
    func watch(first: @escaping @Sendable (Int32) -> Void, second: Second) -> Task<Void, Never> {
        let signals = signals
        return Task(executorPreference: executor) {
            var firstAt: ContinuousClock.Instant?
            for await signal in signals {
                guard let began = firstAt else {
                    firstAt = .now
                    first(signal.rawValue)
                    continue
                }
                // `timeout` and others signal the process and then its whole group: one wish, not two.
                guard began.duration(to: .now) > .milliseconds(50) else { continue }
                switch second {
                case .repeats: first(signal.rawValue)
                case .ends(let atOnce):
                    atOnce()
                    LogSink.standardError.flush(within: .milliseconds(200))
                    _exit(128 + signal.rawValue)
                }
            }
        }
    }
}
