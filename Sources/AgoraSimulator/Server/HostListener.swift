import Foundation
import HTTPServing
import Logging
import NIOCore
import ServiceLifecycle
import Synchronization

/// An address that cannot be listened on.
package struct ListenFailure: Error, CustomStringConvertible {
    package let address: SocketAddress
    /// Agora's name of the host; nil for the control address.
    package let host: String?
    let reason: String

    package var description: String { "Cannot listen on \(address) as \(host ?? "the control address"): \(reason)" }
}

/// One host's listening socket, open and closed as the simulation says.
struct HostListener: Sendable {
    let host: String?
    let address: SocketAddress
    let engine: SimulatorEngine
    let logger: Logger

    /// Serves until the task is cancelled.
    ///
    /// - Parameters:
    ///   - presence: Whether to listen; it is told again and again. Open until it says otherwise.
    ///   - onBound: Called once, with the address that is listened on.
    /// - Throws: `ListenFailure`.
    @concurrent
    func run(_ presence: AsyncStream<Bool>, onBound: @escaping @Sendable (SocketAddress) async -> Void) async throws {
        let connections = OpenConnections()
        let bound = try await serve(address, presence, connections, onBound: onBound)
        // After a time away it has to be the same port again.
        while !Task.isCancelled, await Self.wait(presence, for: true) {
            logger.info("a host is back", metadata: ["host": "\(host ?? "control")"])
            _ = try await serve(bound, presence, connections, onBound: { _ in })
        }
    }

    /// Until the host goes away.
    private func serve(
        _ address: SocketAddress, _ presence: AsyncStream<Bool>, _ connections: OpenConnections,
        onBound: @escaping @Sendable (SocketAddress) async -> Void
    ) async throws -> SocketAddress {
        let frontend = SimulatorFrontend(host: host, engine: engine, connections: connections)
        let service = HTTPService(host: address.host, port: address.port, logger: logger) { request, writer, channel in
            try await frontend.respond(to: request, writer: writer, channel: channel)
        }
        let bound = Mutex(address)
        let group = ServiceGroup(
            configuration: .init(
                services: [
                    .init(
                        service: Listening {
                            try await service.run { port in
                                let address = SocketAddress(host: address.host, port: port)
                                bound.withLock { $0 = address }
                                await onBound(address)
                            }
                        }, successTerminationBehavior: .gracefullyShutdownGroup)
                ], logger: logger))
        // Not cancelled with its surroundings: a server that is cancelled just as it accepts a connection ends the process.
        let serving = Task { try await group.run() }
        let closing = Task {
            _ = await Self.wait(presence, for: false)
            await group.triggerGracefulShutdown()
            // They would hold the server's end up, and a host that is away has none.
            connections.closeAll()
        }
        defer { closing.cancel() }
        do {
            try await withTaskCancellationHandler {
                try await serving.value
            } onCancel: {
                closing.cancel()
            }
        } catch let error as IOError {
            throw ListenFailure(address: address, host: host, reason: String(cString: strerror(error.errnoCode)))
        }
        return bound.withLock { $0 }
    }

    /// - Returns: False when nothing is told any more.
    @concurrent
    private static func wait(_ presence: AsyncStream<Bool>, for wanted: Bool) async -> Bool {
        for await isListening in presence where isListening == wanted { return true }
        return false
    }
}

private struct Listening: Service {
    let body: @Sendable () async throws -> Void

    func run() async throws { try await body() }
}
