extension IncomingAnswer {
    /// ReceiveMessage and BatchReceiveMessage.
    ///
    /// Without a body or a handle a message cannot be worked on: then the whole answer is malformed. Other elements that are
    /// absent count as empty, zero, one receive and priority 8.
    package func receivedMessages() throws(SMQError) -> [ReceivedMessage] { try messages(areLeased: true) }

    /// PeekMessage and BatchPeekMessage: without handles and `NextVisibleTime`, which are empty and zero here.
    package func peekedMessages() throws(SMQError) -> [ReceivedMessage] { try messages(areLeased: false) }

    private func messages(areLeased: Bool) throws(SMQError) -> [ReceivedMessage] {
        guard isSuccess else { throw failure() }
        return try reading { () throws(XMLError) in
            let elements = try XMLParser.messageList(in: body).messages
            var messages: [ReceivedMessage] = []
            messages.reserveCapacity(elements.count)
            for element in elements { messages.append(try ReceivedMessage(element, isLeased: areLeased)) }
            return messages
        }
    }

    /// SendMessage and BatchSendMessage.
    ///
    /// - Parameter count: Messages that were sent: an answer with another number of entries says nothing certain.
    /// - Returns: One result for each message, in their order.
    package func sentMessages(count: Int) throws(SMQError) -> [Result<SentMessage, EntryFailure>] {
        try reading { () throws(XMLError) in
            let document = try XMLParser.messageList(in: body)
            guard isSuccess || document.isBatch else { throw .unexpectedRoot("Message") }
            guard document.messages.count == count else {
                throw .unexpected("\(document.messages.count) entries for \(count) messages")
            }
            var results: [Result<SentMessage, EntryFailure>] = []
            for element in document.messages {
                if let code = element.errorCode {
                    let message = element.errorMessage?.shortened(to: 500) ?? ""
                    results.append(.failure(EntryFailure(code: SMQError.Code(code), message: message)))
                } else if let id = element.id {
                    results.append(
                        .success(
                            SentMessage(
                                id: id, bodyMD5: element.bodyMD5 ?? "", receiptHandle: element.receiptHandle.map(ReceiptHandle.init))))
                } else {
                    throw .unexpected("an entry has neither MessageId nor ErrorCode")
                }
            }
            return results
        }
    }
}

extension ReceivedMessage {
    fileprivate init(_ element: MessageElement, isLeased: Bool) throws(XMLError) {
        guard let id = element.id else { throw .unexpected("a message has no MessageId") }
        guard let body = element.body else { throw .unexpected("a message has no MessageBody") }
        guard let handle = element.receiptHandle ?? (isLeased ? nil : "") else { throw .unexpected("a message has no ReceiptHandle") }
        let enqueued = ServerTime(milliseconds: element.enqueueTime ?? 0)
        self.init(
            id: id, bodyMD5: element.bodyMD5 ?? "", body: body, receiptHandle: ReceiptHandle(handle), enqueueTime: enqueued,
            firstDequeueTime: element.firstDequeueTime.map(ServerTime.init) ?? enqueued,
            nextVisibleTime: ServerTime(milliseconds: element.nextVisibleTime ?? 0),
            dequeueCount: element.dequeueCount.map { Int(clamping: $0) } ?? 1, priority: element.priority.map { Int(clamping: $0) } ?? 8,
            userProperties: element.userProperties, systemProperties: element.systemProperties, groupID: element.groupID)
    }
}
