/// The documents of the server, with the elements in the order in which the service writes them.
///
/// An element that would be empty is left out wherever clients fail on one; Python reads only the first text node of an
/// element, so nothing here writes CDATA or comments.
enum AnswerBody {
    static func queues(_ list: QueueList) -> [UInt8] {
        var writer = XMLWriter.answer("Queues", capacity: 128 + list.queues.count * 160)
        for queue in list.queues {
            writer.open("Queue")
            writer.element("QueueURL", queue.url)
            if let attributes = queue.attributes { write(attributes, to: &writer) }
            writer.close("Queue")
        }
        if let marker = list.nextMarker, !marker.isEmpty { writer.element("NextMarker", marker) }
        writer.close("Queues")
        return writer.bytes
    }

    static func attributes(_ attributes: QueueAttributes) -> [UInt8] {
        var writer = XMLWriter.answer("Queue", capacity: 1_024)
        write(attributes, to: &writer)
        writer.close("Queue")
        return writer.bytes
    }

    private static func write(_ attributes: QueueAttributes, to writer: inout XMLWriter) {
        writer.element("QueueName", attributes.name)
        writer.element("DelaySeconds", attributes.delay.components.seconds)
        writer.element("MaximumMessageSize", attributes.maximumMessageSize)
        writer.element("MessageRetentionPeriod", attributes.retention.components.seconds)
        writer.element("VisibilityTimeout", attributes.visibilityTimeout.components.seconds)
        writer.element("CreateTime", attributes.created.unixSeconds)
        writer.element("LastModifyTime", attributes.lastModified.unixSeconds)
        writer.element("PollingWaitSeconds", attributes.pollingWait.components.seconds)
        writer.element("ActiveMessages", attributes.activeMessages)
        writer.element("InactiveMessages", attributes.inactiveMessages)
        writer.element("DelayMessages", attributes.delayedMessages)
        writer.element("LoggingEnabled", attributes.loggingEnabled ? "True" : "False")  // PHP compares with case
    }

    static func sent(_ message: SentMessage) -> [UInt8] {
        var writer = XMLWriter.answer("Message")
        write(message, to: &writer)
        writer.close("Message")
        return writer.bytes
    }

    static func sent(_ entries: [Result<SentMessage, EntryFailure>]) -> [UInt8] {
        var writer = XMLWriter.answer("Messages", capacity: 128 + entries.count * 192)
        for entry in entries {
            writer.open("Message")
            switch entry {
            case .success(let message): write(message, to: &writer)
            case .failure(let failure):
                writer.element("ErrorCode", failure.code.name)
                writer.element("ErrorMessage", failure.message)
            }
            writer.close("Message")
        }
        writer.close("Messages")
        return writer.bytes
    }

    private static func write(_ message: SentMessage, to writer: inout XMLWriter) {
        writer.element("MessageId", message.id)
        writer.element("MessageBodyMD5", message.bodyMD5)
        if let handle = message.receiptHandle { writer.element("ReceiptHandle", handle.text) }
    }

    static func message(_ message: ReceivedMessage, isLeased: Bool) -> [UInt8] {
        var writer = XMLWriter.answer("Message", capacity: message.body.count + 768)
        write(message, isLeased, to: &writer)
        writer.close("Message")
        return writer.bytes
    }

    static func messages(_ messages: [ReceivedMessage], areLeased: Bool) -> [UInt8] {
        var writer = XMLWriter.answer("Messages", capacity: messages.reduce(128) { $0 + $1.body.count + 768 })
        for message in messages {
            writer.open("Message")
            write(message, areLeased, to: &writer)
            writer.close("Message")
        }
        writer.close("Messages")
        return writer.bytes
    }

    private static func write(_ message: ReceivedMessage, _ isLeased: Bool, to writer: inout XMLWriter) {
        writer.element("MessageId", message.id)
        writer.element("MessageBodyMD5", message.bodyMD5)
        writer.element("MessageBody", message.body)
        if isLeased { writer.element("ReceiptHandle", message.receiptHandle.text) }
        writer.element("EnqueueTime", message.enqueueTime.milliseconds)
        writer.element("FirstDequeueTime", message.firstDequeueTime.milliseconds)
        if isLeased { writer.element("NextVisibleTime", message.nextVisibleTime.milliseconds) }
        writer.element("DequeueCount", message.dequeueCount)
        writer.element("Priority", message.priority)
        writer.properties(user: message.userProperties, system: message.systemProperties)
        if let group = message.groupID { writer.element("MessageGroupId", group) }
    }

    static func notDeleted(_ failures: [DeleteFailure]) -> [UInt8] {
        var writer = XMLWriter.answer("Errors", capacity: 128 + failures.count * 256)
        for failure in failures {
            writer.open("Error")
            writer.element("ErrorCode", failure.failure.code.name)
            writer.element("ErrorMessage", failure.failure.message)
            writer.element("ReceiptHandle", failure.handle.text)
            writer.close("Error")
        }
        writer.close("Errors")
        return writer.bytes
    }

    static func lease(_ lease: RenewedLease) -> [UInt8] {
        var writer = XMLWriter.answer("ChangeVisibility")
        writer.element("ReceiptHandle", lease.handle.text)
        writer.element("NextVisibleTime", lease.nextVisibleTime.milliseconds)
        writer.close("ChangeVisibility")
        return writer.bytes
    }

    static func error(_ refusal: ProtocolRefusal, requestID: String, hostID: String) -> [UInt8] {
        var writer = XMLWriter.answer("Error")
        writer.element("Code", refusal.code.name)
        // The text may repeat what the client sent: a control character would make the answer no XML at all.
        let text = String(refusal.message.map { $0.isASCII && $0 < " " && $0 != "\n" ? "?" : $0 })
        writer.element("Message", text.isEmpty ? refusal.code.name : text)
        writer.element("RequestId", requestID)
        writer.element("HostId", hostID)
        writer.close("Error")
        return writer.bytes
    }
}
