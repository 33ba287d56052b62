import Crypto
import Foundation
import Logging
import MediaEvents
import SMQProtocol
import Settings
import Synchronization
import TestSupport
import WorkerCore
import WorkerStore

@testable import Bridge

/// A bridge on a free port of 127.0.0.1 for as long as a test's body runs, its queue in memory and its store on the disk.
struct BridgeBench: Sendable {
    static let secret = "push-notify-secret-EXAMPLE"

    let port: Int
    let queue: ScriptedQueue
    let log: RecordingLog
    let store: FlakyStore

    static func run(_ limits: BridgeServer.Limits = .init(), _ body: @escaping @Sendable (BridgeBench) async throws -> Void) async throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "bridge-\(UUID().uuidString)").path
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let clock = EngineClock(engine: ThreadExecutor(name: "bench", threads: 1))
        let (queue, log) = (ScriptedQueue(clock: clock), RecordingLog())
        let store = SQLiteDeadLetterStore(try StateDatabase.open(directory: folder))
        let flaky = FlakyStore(store)
        let trouble = BridgeTrouble(logger: log.logger, clock: clock)
        let intake = NoticeIntake(queue: queue, label: "events", store: flaky, clock: clock, trouble: trouble)
        let pump = Pump(desk: store, claim: FreeClaim(), queue: queue, label: "events", clock: clock, trouble: trouble)
        let server = BridgeServer(
            host: "127.0.0.1", port: 0, agora: AgoraSignature([.mediaPush: [Secret(secret)]]),
            vod: VODSignature(urls: [], keys: [], tolerance: .zero), intake: intake,
            health: BridgeHealth(intake: intake, pump: pump, trouble: trouble), limits: limits, clock: clock, logger: log.logger)
        let (ports, port) = AsyncStream.makeStream(of: Int.self)
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask {
                defer { port.finish() }
                try await server.run { bound in
                    port.yield(bound)
                    port.finish()
                }
            }
            for await port in ports {
                do {
                    try await body(BridgeBench(port: port, queue: queue, log: log, store: flaky))
                } catch {
                    group.cancelAll()
                    throw error
                }
            }
            group.cancelAll()
            try await group.waitForAll()
        }
    }

    /// Keeps nothing while it fails.
    final class FlakyStore: DeadLetterStore {
        struct Full: Error {}
        let fails = Mutex(false)
        private let store: SQLiteDeadLetterStore

        init(_ store: SQLiteDeadLetterStore) { self.store = store }

        func keep(_ letter: DeadLetter) async throws {
            if fails.withLock({ $0 }) { throw Full() }
            try await store.keep(letter)
        }
    }

    private struct FreeClaim: PumpClaim {
        func take(for time: Duration) async throws -> Bool { true }
        func giveBack() async throws {}
    }

    func connect() throws -> RawClient { try RawClient(port: port) }

    static func notice(_ id: String) -> String {
        #"{"noticeId":"\#(id)","productId":5,"eventType":3,"notifyMs":1,"payload":{"converter":{"id":"\#(id)","state":"running"}}}"#
    }

    /// The head of a signed notification, without the length of its body.
    static func head(_ body: String, _ fields: [String] = [], target: String = "/agora", method: String = "POST") -> String {
        let code = HMAC<SHA256>.authenticationCode(for: Array(body.utf8), using: SymmetricKey(data: Array(secret.utf8)))
        let hex = code.map { byte in (byte < 16 ? "0" : "") + String(byte, radix: 16) }.joined()
        return (["\(method) \(target) HTTP/1.1", "Host: bridge", "Agora-Signature-V2: \(hex)"] + fields).joined(separator: "\r\n")
            + "\r\n\r\n"
    }

    static func request(_ body: String, _ fields: [String] = [], target: String = "/agora", method: String = "POST") -> String {
        head(body, fields + ["Content-Length: \(body.utf8.count)"], target: target, method: method) + body
    }
}
