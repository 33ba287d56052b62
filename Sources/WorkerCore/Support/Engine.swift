/// What the engine's parts share: the clock, the threads they run on, randomness.
package struct Engine: Sendable {
    package let clock: any WorkerClock
    /// Nil runs on the shared pool, for tests that need no isolation.
    private let executor: (any TaskExecutor)?
    /// Uniform in 0..<1: jitter. Injected so that tests choose it.
    package let random: @Sendable () -> Double

    package init(
        clock: any WorkerClock, executor: (any TaskExecutor)?, random: @escaping @Sendable () -> Double = { .random(in: 0..<1) }
    ) {
        self.clock = clock
        self.executor = executor
        self.random = random
    }

    /// The engine of a real worker: one thread of its own, kept for the whole process.
    package static func threads() -> Engine {
        let executor = ThreadExecutor(name: "engine", threads: 1)
        return Engine(clock: EngineClock(engine: executor), executor: executor)
    }

    /// Starts a task on the engine's threads. Not cancelled with its caller: settling must not stop half way.
    @discardableResult
    func spawn(_ operation: @escaping @Sendable () async -> Void) -> Task<Void, Never> {
        Task(executorPreference: executor, operation: operation)
    }
}
