extension QueueOperation {
    /// What a request asks for, as the service reads it: the root element tells a send from a batch send, the query a delete
    /// from a batch delete; bodies come with either form of the namespace or none, `Content-MD5` in either form or not at all.
    ///
    /// The signature is not looked at: see `SignatureVerifier`.
    /// - Throws: The refusal that the service would answer with.
    package init(decoding request: WireRequest) throws(ProtocolRefusal) {
        let target = try RequestTarget(request.target)
        try RequestBody.check(request)
        let known: QueueOperation? =
            switch target.resource {
            case .queues: request.method == "GET" ? try Self.list(request) : nil
            case .queue(let name): try Self.onQueue(name, request, target)
            case .messages(let queue): try Self.onMessages(queue, request, target)
            }
        guard let known else {
            throw ProtocolRefusal(
                .invalidRequestURL, "\(request.method.shortened(to: 20)) is not supported on \(request.target.shortened(to: 80)).")
        }
        try known.checkLimits()
        self = known
    }

    private static func list(_ request: WireRequest) throws(ProtocolRefusal) -> QueueOperation {
        var list = QueueListRequest(prefix: request.header("x-mns-prefix"), marker: request.header("x-mns-marker"))
        if let text = request.header("x-mns-ret-number") {
            guard let limit = Int(text) else { throw ProtocolRefusal(.invalidArgument, "x-mns-ret-number must be a whole number.") }
            list.limit = limit
        }
        list.withAttributes = request.header("x-mns-with-meta")?.isSame(as: "true") ?? false
        return .listQueues(list)
    }

    private static func onQueue(_ name: String, _ request: WireRequest, _ target: RequestTarget) throws(ProtocolRefusal) -> QueueOperation?
    {
        try check(queueName: name)
        switch request.method {
        case "GET": return .getAttributes(of: name)
        case "DELETE": return .deleteQueue(name)
        case "PUT":
            let settings = try RequestBody.settings(request.body)
            return try target.flag("metaoverride") ? .setAttributes(settings, of: name) : .createQueue(name, settings)
        default: return nil
        }
    }

    private static func onMessages(_ queue: String, _ request: WireRequest, _ target: RequestTarget) throws(ProtocolRefusal)
        -> QueueOperation?
    {
        try check(queueName: queue)
        switch request.method {
        case "GET": return try taking(queue, target)
        case "POST":
            let (messages, isBatch) = try RequestBody.messages(request.body)
            if isBatch { return .batchSend(messages, to: queue) }
            return messages.first.map { .send($0, to: queue) }
        case "DELETE":
            if let handle = target["receipthandle"] {
                return .delete(try nonEmpty(handle), from: queue)
            }
            if request.body.isEmpty { throw missingHandle }
            return .batchDelete(try RequestBody.handles(request.body), from: queue)
        case "PUT":
            guard let handle = target["receipthandle"] else { throw missingHandle }
            let timeout = target["visibilitytimeout"]
            let known = try nonEmpty(handle)
            guard timeout?.isEmpty == false, let seconds = try target.integer("visibilitytimeout") else {
                throw ProtocolRefusal(.missingVisibilityTimeout, "The parameter VisibilityTimeout is missing.")
            }
            return .changeVisibility(of: known, to: .seconds(seconds), in: queue)
        default: return nil
        }
    }

    /// Receives and peeks.
    private static func taking(_ queue: String, _ target: RequestTarget) throws(ProtocolRefusal) -> QueueOperation {
        let maximum = try target.integer("numofmessages")
        if try target.flag("peekonly") {
            return maximum.map { .batchPeek(at: queue, upTo: $0) } ?? .peek(at: queue)
        }
        let wait = try target.integer("waitseconds").map { Duration.seconds($0) }
        return maximum.map { .batchReceive(from: queue, upTo: $0, wait: wait) } ?? .receive(from: queue, wait: wait)
    }

    private static let missingHandle = ProtocolRefusal(.missingReceiptHandle, "The parameter ReceiptHandle is missing.")

    private static func nonEmpty(_ handle: String) throws(ProtocolRefusal) -> ReceiptHandle {
        if handle.isEmpty { throw missingHandle }
        return ReceiptHandle(handle)
    }
}
