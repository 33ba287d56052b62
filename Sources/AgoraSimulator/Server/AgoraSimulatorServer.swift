package import HTTPTransport
package import Logging
import Synchronization

/// A stand-in for Agora's REST services and notifications, on this machine.
package struct AgoraSimulatorServer: Sendable {
    /// Where it listens.
    package struct Addresses: Sendable, Equatable {
        /// By Agora's name of the host.
        package var hosts: [String: SocketAddress] = [:]
        package var control: SocketAddress?
    }

    private let script: SimulatorScript
    private let engine: SimulatorEngine
    private let sender: NoticeSender?
    private let logger: Logger

    /// - Parameters:
    ///   - start: Unix milliseconds: what the script's moments are counted from.
    ///   - http: Carries the notifications.
    ///   - logger: Told of hosts that come back and of notifications that nobody took; silent if left out.
    package init(
        _ script: SimulatorScript, clock: any SimulatorClock, start: Int64, http: any HTTPExchanging,
        logger: Logger = Logger(label: "agora-simulator", factory: { _ in SwiftLogNoOpLogHandler() })
    ) {
        self.script = script
        self.logger = logger
        engine = SimulatorEngine(script, clock: clock, start: start)
        sender = script.notifications.map { NoticeSender($0, http: http, logger: logger) }
    }

    /// What happened so far.
    package var report: JSONValue { engine.report }

    /// To be called after moving an injected clock.
    package func timePassed() { engine.timePassed() }

    /// Serves until the task is cancelled.
    ///
    /// - Parameter onBound: Called once, when all hosts can be reached.
    /// - Throws: `ListenFailure`.
    @concurrent
    package func run(onBound: @escaping @Sendable (Addresses) async -> Void) async throws {
        let gathered = Mutex(Addresses())
        let count = script.hosts.count
        let bound: @Sendable (String?, SocketAddress) async -> Void = { host, address in
            let all: Addresses? = gathered.withLock { gathered in
                if let host { gathered.hosts[host] = address } else { gathered.control = address }
                return gathered.hosts.count == count && gathered.control != nil ? gathered : nil
            }
            if let all { await onBound(all) }
        }
        try await withThrowingTaskGroup(of: Void.self) { group in
            for (host, address) in script.hosts {
                guard let presence = engine.presence[host] else { continue }
                let listener = HostListener(host: host, address: address, engine: engine, logger: logger)
                group.addTask { try await listener.run(presence) { await bound(host, $0) } }
            }
            let control = HostListener(host: nil, address: script.control, engine: engine, logger: logger)
            // It is never away.
            let (always, open) = AsyncStream<Bool>.makeStream()
            group.addTask { try await control.run(always) { await bound(nil, $0) } }
            group.addTask { await post() }
            // Before the children are waited for: hung connections would hold the end up.
            defer {
                open.finish()
                engine.stop()
            }
            engine.timePassed()
            try await withTaskCancellationHandler {
                // Not `waitForAll`, which waits for those that serve when one cannot listen.
                while try await group.next() != nil {}
            } onCancel: {
                engine.stop()  // hung connections would hold the end up
            }
        }
    }

    /// Sends what is due, each on its own: a slow answer holds no other up.
    private func post() async {
        guard let sender else { return }
        await withDiscardingTaskGroup { group in
            for await letter in engine.outgoing {
                group.addTask {
                    let isDelivered = await sender.send(letter.body, of: letter.delivery.notice.service)
                    engine.attempted(letter, isDelivered: isDelivered)
                }
            }
        }
    }
}
