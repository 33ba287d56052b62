package import SMQProtocol

extension SMQClient {
    /// Sends one message. Never sent twice by the transport: a queue does not recognise duplicates.
    ///
    /// `POST /queues/{queue}/messages` with root `Message` -> 201.
    /// - Throws: `QueueNotExist`; after `effect == .unknown` the message may be in the queue.
    package func send(_ message: OutgoingMessage, to queue: String) async throws(SMQError) -> SentMessage {
        let answer = try await perform(.send(message, to: queue)).answer
        guard let result = try answer.sentMessages(count: 1).first else { throw answer.failure() }
        switch result {
        case .success(let sent): return sent
        case .failure(let failure): throw answer.error(for: failure)
        }
    }

    /// Sends 1...16 messages, at most 65,536 bytes of bodies in all.
    ///
    /// `POST /queues/{queue}/messages` with root `Messages` -> 201, or another status if only some were stored.
    /// - Returns: One result for each message, in their order.
    package func send(_ messages: [OutgoingMessage], to queue: String) async throws(SMQError) -> [Result<SentMessage, EntryFailure>] {
        try await perform(.batchSend(messages, to: queue)).answer.sentMessages(count: messages.count)
    }

    /// Takes one message and hides it for the queue's visibility timeout.
    ///
    /// `GET /queues/{queue}/messages?waitseconds={wait}` -> 200; see the batch form for the rest.
    /// - Parameter wait: 0...30 s, sent as whole seconds rounded down; nil takes the queue's own.
    package func receive(from queue: String, wait: Duration? = nil) async throws(SMQError) -> ReceivedBatch {
        try await batch(.receive(from: queue, wait: wait))
    }

    /// Takes up to `maximum` messages and hides them from other consumers for the queue's visibility timeout.
    ///
    /// `GET /queues/{queue}/messages?numOfMessages={maximum}&waitseconds={wait}` -> 200; 404 `MessageNotExist` when the wait passes
    /// without a message, which is the empty batch here and no error.
    /// - Parameters:
    ///   - maximum: 1...16.
    ///   - wait: 0...30 s, sent as whole seconds rounded down; nil takes the queue's own, zero asks without waiting.
    /// - Throws: `QueueNotExist`; `isRetryable` for a failed exchange or a 5xx answer.
    /// - SeeAlso: Alibaba Cloud, Simple Message Queue (formerly MNS), BatchReceiveMessage.
    package func receive(from queue: String, upTo maximum: Int, wait: Duration?) async throws(SMQError) -> ReceivedBatch {
        try await batch(.batchReceive(from: queue, upTo: maximum, wait: wait))
    }

    private func batch(_ operation: QueueOperation) async throws(SMQError) -> ReceivedBatch {
        let exchange = try await perform(operation)
        let messages = exchange.answer.failureCode == .messageNotExist ? [] : try exchange.answer.receivedMessages()
        return ReceivedBatch(messages: messages, leasedAt: exchange.actedAt, serverDate: exchange.answer.serverDate)
    }

    /// Looks at the next message without taking it: no handle, no change of count or lease.
    ///
    /// `GET /queues/{queue}/messages?peekonly=true` -> 200; 404 `MessageNotExist` is nil here.
    package func peek(at queue: String) async throws(SMQError) -> ReceivedMessage? {
        let answer = try await perform(.peek(at: queue)).answer
        return answer.failureCode == .messageNotExist ? nil : try answer.peekedMessages().first
    }

    /// Looks at up to `maximum` (1...16) visible messages without taking them: their handles are empty, `nextVisibleTime` is zero.
    ///
    /// `GET /queues/{queue}/messages?peekonly=true&numOfMessages={maximum}` -> 200; 404 `MessageNotExist` is the empty array here.
    package func peek(at queue: String, upTo maximum: Int) async throws(SMQError) -> [ReceivedMessage] {
        let answer = try await perform(.batchPeek(at: queue, upTo: maximum)).answer
        return answer.failureCode == .messageNotExist ? [] : try answer.peekedMessages()
    }

    /// Deletes one message by its newest handle.
    ///
    /// `DELETE /queues/{queue}/messages?ReceiptHandle={handle}` -> 204.
    /// - Throws: `MessageNotExist` or `ReceiptHandleError` (`code.meansLeaseLost`) if the message is no longer this caller's.
    package func delete(_ handle: ReceiptHandle, from queue: String, within limit: Duration? = nil) async throws(SMQError) {
        try await perform(.delete(handle, from: queue), within: limit).answer.checkSuccess()
    }

    /// Deletes 1...16 messages by their newest handles.
    ///
    /// `DELETE /queues/{queue}/messages` with root `ReceiptHandles` -> 204; 404 with root `Errors` if some failed.
    /// - Returns: The handles that failed, and how many entries of the answer named none of the handles.
    package func delete(
        _ handles: [ReceiptHandle], from queue: String, within limit: Duration? = nil
    ) async throws(SMQError) -> DeleteOutcome {
        try await perform(.batchDelete(handles, from: queue), within: limit).answer.deleted(handles)
    }

    /// Makes a message visible again `timeout` from now: shorter or longer than its lease. The handle passed in is dead after success.
    ///
    /// `PUT /queues/{queue}/messages?receiptHandle={handle}&visibilityTimeout={timeout}` -> 200. Never sent twice by the transport.
    /// - Parameter timeout: 1...43,200 s, sent as whole seconds rounded down.
    /// - Throws: as `delete`; after `effect == .unknown` nobody knows which handle is the valid one.
    package func changeVisibility(
        of handle: ReceiptHandle, to timeout: Duration, in queue: String, within limit: Duration? = nil
    ) async throws(SMQError) -> RenewedLease {
        try await perform(.changeVisibility(of: handle, to: timeout, in: queue), within: limit).answer.renewedLease()
    }
}
