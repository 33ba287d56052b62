/// What the server answers when it did what it was asked.
package enum Answer: Sendable {
    /// - Parameters:
    ///   - location: The queue's URL, with scheme `http` as the service writes it even over https. Sent in both cases.
    ///   - isNew: False if it existed with the same attributes.
    case queueCreated(location: String, isNew: Bool)
    /// DeleteQueue, SetQueueAttributes, DeleteMessage, and BatchDeleteMessage that deleted all.
    case done
    case queues(QueueList)
    case attributes(QueueAttributes)
    case sent(SentMessage)
    /// Entries in the order of the request; some may have failed.
    case batchSent([Result<SentMessage, EntryFailure>])
    case received(ReceivedMessage)
    case batchReceived([ReceivedMessage])
    /// Without handle and `NextVisibleTime`, whatever the value says.
    case peeked(ReceivedMessage)
    case batchPeeked([ReceivedMessage])
    /// BatchDeleteMessage that did not delete these.
    case notDeleted([DeleteFailure])
    case visibilityChanged(RenewedLease)

    /// The answer as the live service writes it.
    ///
    /// - Parameter requestID: 24 upper-case hex digits, the first 8 the Unix time in seconds.
    package func encoded(requestID: String) -> WireAnswer {
        switch self {
        case .queueCreated(let location, let isNew):
            var answer = WireAnswer(status: isNew ? 201 : 204, requestID: requestID)
            answer.headers.append(("Location", location))
            return answer
        case .done: return WireAnswer(status: 204, requestID: requestID)
        case .queues(let list): return WireAnswer(status: 200, requestID: requestID, body: AnswerBody.queues(list))
        case .attributes(let attributes):
            return WireAnswer(status: 200, requestID: requestID, body: AnswerBody.attributes(attributes))
        case .sent(let message): return WireAnswer(status: 201, requestID: requestID, body: AnswerBody.sent(message))
        case .batchSent(let entries):
            // Partly stored is still root `Messages`, with a status outside 2xx: clients go by the root.
            let isWhole = entries.allSatisfy { if case .success = $0 { true } else { false } }
            return WireAnswer(status: isWhole ? 201 : 500, requestID: requestID, body: AnswerBody.sent(entries))
        case .received(let message):
            return WireAnswer(status: 200, requestID: requestID, body: AnswerBody.message(message, isLeased: true))
        case .batchReceived(let messages):
            return WireAnswer(status: 200, requestID: requestID, body: AnswerBody.messages(messages, areLeased: true))
        case .peeked(let message):
            return WireAnswer(status: 200, requestID: requestID, body: AnswerBody.message(message, isLeased: false))
        case .batchPeeked(let messages):
            return WireAnswer(status: 200, requestID: requestID, body: AnswerBody.messages(messages, areLeased: false))
        case .notDeleted(let failures): return WireAnswer(status: 404, requestID: requestID, body: AnswerBody.notDeleted(failures))
        case .visibilityChanged(let lease): return WireAnswer(status: 200, requestID: requestID, body: AnswerBody.lease(lease))
        }
    }
}

extension ProtocolRefusal {
    /// The `Error` document. All four elements are there and say something: Python and Node fail on a missing one.
    ///
    /// - Parameter hostID: The server's own address with scheme: `http://127.0.0.1:9324`.
    package func encoded(requestID: String, hostID: String) -> WireAnswer {
        WireAnswer(status: status, requestID: requestID, body: AnswerBody.error(self, requestID: requestID, hostID: hostID))
    }
}
