import SMQProtocol
import Synchronization

@testable import LocalSMQ

/// Messages, machines and times that mean nothing in particular.
enum Sample {
    /// Unix milliseconds.
    static let start: Int64 = 1_800_000_000_000

    static func message(_ name: String, priority: Int = 8) -> StoredMessage {
        StoredMessage(id: name, body: Array(name.utf8), bodyMD5: "", priority: priority)
    }

    static func machine(_ settings: QueueSettings = QueueSettings(), isJournaled: Bool = false) throws -> QueueMachine {
        QueueMachine(options: QueueOptions(settings), isJournaled: isJournaled, newTicket: tickets())
    }

    /// 1, 2, 3...
    static func tickets() -> @Sendable () -> UInt64 {
        let last = Counter()
        return { last.next() }
    }

    private final class Counter: Sendable {
        private let value = Mutex<UInt64>(0)

        func next() -> UInt64 {
            value.withLock { value in
                value += 1
                return value
            }
        }
    }
}

extension Sequence where Element == ReceivedMessage {
    var ids: [String] { map(\.id) }
}
