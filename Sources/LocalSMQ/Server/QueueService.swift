import NIOCore
import SMQProtocol

/// The 14 operations: a verified and decoded request goes to the broker, what comes back becomes an answer.
struct QueueService: Sendable {
    private let broker: MessageBroker
    private let verifier: SignatureVerifier
    private let now: @Sendable () -> Int64

    init(_ configuration: LocalSMQConfiguration, broker: MessageBroker) {
        self.broker = broker
        verifier = SignatureVerifier(credentials: configuration.credentials, allowsUnsigned: configuration.allowUnsigned)
        now = configuration.now
    }

    /// - Parameters:
    ///   - requestID: 24 upper-case hex digits.
    ///   - host: The request's `Host`, for the URLs in answers.
    ///   - connection: Where the client is watched while a receive waits.
    func answer(_ request: WireRequest, requestID: String, host: String, on connection: ConnectionPresence) async -> ServerAnswer {
        do throws(ProtocolRefusal) {
            try verifier.verify(request, at: ServerTime(milliseconds: now()))
            let operation = try QueueOperation(decoding: request)
            do throws(QueueRefusal) {
                let (answer, leased) = try await perform(operation, host, connection)
                return ServerAnswer(wire: answer.encoded(requestID: requestID), leased: leased)
            } catch {
                throw ProtocolRefusal(error)
            }
        } catch {
            return answer(refusing: error, requestID: requestID, host: host)
        }
    }

    func answer(refusing refusal: ProtocolRefusal, requestID: String, host: String) -> ServerAnswer {
        ServerAnswer(wire: refusal.encoded(requestID: requestID, hostID: "http://\(host)"))
    }

    private func perform(
        _ operation: QueueOperation, _ host: String, _ connection: ConnectionPresence
    ) async throws(QueueRefusal) -> (Answer, ServerAnswer.Leased?) {
        switch operation {
        case .receive(let queue, let wait):
            let messages = try await receive(from: queue, upTo: 1, wait: wait, connection)
            guard let message = messages.first else { throw .messageNotExist }
            return (.received(message), ServerAnswer.Leased(queue: queue, messages: messages))
        case .batchReceive(let queue, let maximum, let wait):
            let messages = try await receive(from: queue, upTo: maximum, wait: wait, connection)
            return (.batchReceived(messages), ServerAnswer.Leased(queue: queue, messages: messages))
        default:
            return (try perform(operation, host), nil)
        }
    }

    /// All operations but receives.
    private func perform(_ operation: QueueOperation, _ host: String) throws(QueueRefusal) -> Answer {
        switch operation {
        case .createQueue(let queue, let settings):
            let creation = try broker.create(queue, settings)
            return .queueCreated(location: Self.url(queue, host), isNew: creation == .created)
        case .setAttributes(let settings, let queue):
            try broker.set(settings, of: queue)
            return .done
        case .deleteQueue(let queue):
            // Whether the service answers 204 or 404 for a queue that is not there is not documented; 404 says more.
            try broker.delete(queue: queue)
            return .done
        case .getAttributes(let queue):
            return .attributes(try broker.attributes(of: queue))
        case .listQueues(let request):
            return .queues(try list(request, host))
        case .send(let message, let queue):
            guard let sent = try send([message], to: queue).first else { throw .queueNotExist }
            return .sent(sent)
        case .batchSend(let messages, let queue):
            return .batchSent(try send(messages, to: queue).map { .success($0) })
        case .peek(let queue):
            guard let message = try peek(at: queue, upTo: 1).first else { throw .messageNotExist }
            return .peeked(message)
        case .batchPeek(let queue, let maximum):
            return .batchPeeked(try peek(at: queue, upTo: maximum))
        case .delete(let handle, let queue):
            try broker.with(queue) { machine, now throws(QueueRefusal) in try machine.delete(handle, at: now) }
            return .done
        case .batchDelete(let handles, let queue):
            let failures = try delete(handles, from: queue)
            return failures.isEmpty ? .done : .notDeleted(failures)
        case .changeVisibility(let handle, let timeout, let queue):
            return .visibilityChanged(
                try broker.with(queue) { machine, now throws(QueueRefusal) in
                    try machine.changeVisibility(of: handle, to: Int(timeout.components.seconds), at: now)
                })
        case .receive, .batchReceive:
            throw .messageNotExist  // answered before they come here
        }
    }

    // MARK: Queues

    private func list(_ request: QueueListRequest, _ host: String) throws(QueueRefusal) -> QueueList {
        let page = try broker.list(prefix: request.prefix ?? "", after: request.marker, limit: request.limit ?? 1000)
        let entries = page.queues.map { QueueList.Entry(url: Self.url($0.name, host), attributes: request.withAttributes ? $0 : nil) }
        return QueueList(queues: entries, nextMarker: page.nextMarker)
    }

    private static func url(_ queue: String, _ host: String) -> String { "http://\(host)/queues/\(queue)" }

    // MARK: Messages

    /// All or nothing: a body above the queue's own limit refuses the whole batch.
    private func send(_ messages: [OutgoingMessage], to queue: String) throws(QueueRefusal) -> [SentMessage] {
        let stored = messages.map { message in
            StoredMessage(
                id: UpperHex.text(.random(in: .min ... .max), .random(in: .min ... .max)), body: message.body,
                bodyMD5: MessageBodyMD5.text(of: message.body), priority: message.priority ?? 8,
                userProperties: message.userProperties, systemProperties: message.systemProperties, groupID: message.groupID)
        }
        return try broker.with(queue) { machine, now throws(QueueRefusal) in
            let limit = machine.options.maximumMessageSize
            guard messages.allSatisfy({ $0.body.count <= limit }) else { throw .messageTooLarge(limit: limit) }
            return zip(stored, messages).map { stored, message in
                machine.send(stored, delay: message.delay.map { Int($0.components.seconds) }, at: now)
            }
        }
    }

    private func peek(at queue: String, upTo maximum: Int) throws(QueueRefusal) -> [ReceivedMessage] {
        let messages = try broker.with(queue) { machine, now in machine.peek(upTo: maximum, at: now) }
        guard !messages.isEmpty else { throw .messageNotExist }
        return messages
    }

    private func delete(_ handles: [ReceiptHandle], from queue: String) throws(QueueRefusal) -> [DeleteFailure] {
        try broker.with(queue) { machine, now in
            handles.compactMap { handle in
                do throws(QueueRefusal) {
                    try machine.delete(handle, at: now)
                    return nil
                } catch {
                    let refusal = ProtocolRefusal(error)
                    return DeleteFailure(handle: handle, failure: EntryFailure(code: refusal.code, message: refusal.message))
                }
            }
        }
    }

    // MARK: Receiving

    private func receive(
        from queue: String, upTo maximum: Int, wait: Duration?, _ connection: ConnectionPresence
    ) async throws(QueueRefusal) -> [ReceivedMessage] {
        switch try broker.receive(from: queue, upTo: maximum, wait: wait.map { Int($0.components.seconds) }) {
        case .messages(let messages):
            let presence = await connection.find()
            return try handOut(messages, of: queue, to: presence)
        case .empty: throw .messageNotExist
        case .waiting(let poll, let seconds): return try await outcome(of: poll, seconds, connection)
        }
    }

    /// Waits until the poll has messages, its time is over, its client has gone or the server stops.
    private func outcome(of poll: LongPoll, _ seconds: Int, _ connection: ConnectionPresence) async throws(QueueRefusal)
        -> [ReceivedMessage]
    {
        let broker = broker
        let leave: @Sendable () -> Void = { broker.leave(poll) }
        let timer = connection.channel.eventLoop.scheduleTask(in: .seconds(Int64(seconds)), leave)
        let presence = await connection.find()
        if let presence { presence.whenOver(leave) } else { leave() }
        defer {
            timer.cancel()
            presence?.forgetAction()
        }
        switch await withTaskCancellationHandler(operation: { await poll.outcome() }, onCancel: leave) {
        case .messages(let messages):
            return try handOut(messages, of: poll.queue, to: presence)
        case .empty: throw .messageNotExist
        case .queueDeleted: throw .queueNotExist
        }
    }

    /// Nothing stays leased to a client that has gone.
    private func handOut(
        _ messages: [ReceivedMessage], of queue: String, to presence: ClientPresence?
    ) throws(QueueRefusal) -> [ReceivedMessage] {
        if let presence, presence.status != .gone { return messages }
        broker.handBack(messages, to: queue)
        throw .messageNotExist
    }
}
