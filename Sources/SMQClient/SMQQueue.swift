import Logging
package import SMQProtocol

/// One queue over HTTP.
package struct SMQQueue: MessageQueue {
    package let name: String
    private let client: SMQClient

    init(name: String, client: SMQClient) {
        self.name = name
        self.client = client
    }

    package func receive(upTo maximum: Int, wait: Duration) async throws(SMQError) -> ReceivedBatch {
        try await client.receive(from: name, upTo: maximum, wait: wait)
    }

    /// One handle goes as DeleteMessage, which answers without a document; more as BatchDeleteMessage.
    package func delete(_ handles: [ReceiptHandle], within limit: Duration?) async throws(SMQError) -> [DeleteFailure] {
        var seen: Set<ReceiptHandle> = []
        let distinct = handles.filter { seen.insert($0).inserted }
        guard let first = distinct.first else { return [] }
        if distinct.count == 1 { return try await deleteOne(first, limit) }
        let outcome = try await client.delete(distinct, from: name, within: limit)
        if outcome.strangers > 0 {
            client.logger.warning(
                "the answer to a batch delete names handles that were not asked for",
                metadata: ["queue": "\(name)", "entries": "\(outcome.strangers)"])
        }
        return outcome.failures
    }

    private func deleteOne(_ handle: ReceiptHandle, _ limit: Duration?) async throws(SMQError) -> [DeleteFailure] {
        do throws(SMQError) {
            try await client.delete(handle, from: name, within: limit)
            return []
        } catch  where error.code.meansLeaseLost {
            return [DeleteFailure(handle: handle, failure: EntryFailure(code: error.code, message: error.message))]
        }
    }

    package func changeVisibility(
        of handle: ReceiptHandle, to timeout: Duration, within limit: Duration?
    ) async throws(SMQError) -> RenewedLease {
        try await client.changeVisibility(of: handle, to: timeout, in: name, within: limit)
    }

    package func attributes() async throws(SMQError) -> QueueAttributes { try await client.attributes(of: name) }

    /// One message goes as SendMessage: it is then stored or the call throws.
    package func send(_ messages: [OutgoingMessage]) async throws(SMQError) -> [Result<SentMessage, EntryFailure>] {
        if messages.count == 1 { return [.success(try await client.send(messages[0], to: name))] }
        return try await client.send(messages, to: name)
    }

    /// Looks at up to `maximum` (1...16) visible messages without taking them.
    package func peek(upTo maximum: Int) async throws(SMQError) -> [ReceivedMessage] {
        try await client.peek(at: name, upTo: maximum)
    }
}
