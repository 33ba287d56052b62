extension QueueOperation {
    /// The request that says this, not signed yet. The values are taken as they are: see `checkLimits`.
    package func encoded() -> WireRequest {
        switch self {
        case .createQueue(let queue, let settings):
            WireRequest(method: "PUT", target: Self.path(queue), body: Self.body(settings))
        case .deleteQueue(let queue): WireRequest(method: "DELETE", target: Self.path(queue))
        case .listQueues(let request): WireRequest(method: "GET", target: "/queues", headers: Self.headers(request))
        case .getAttributes(let queue): WireRequest(method: "GET", target: Self.path(queue))
        case .setAttributes(let settings, let queue):
            WireRequest(method: "PUT", target: Self.path(queue) + "?metaoverride=true", body: Self.body(settings))
        case .send(let message, let queue):
            WireRequest(method: "POST", target: Self.messages(queue), body: Self.body(message))
        case .batchSend(let messages, let queue):
            WireRequest(method: "POST", target: Self.messages(queue), body: Self.body(messages))
        case .receive(let queue, let wait):
            WireRequest(method: "GET", target: Self.messages(queue) + (wait.map { "?waitseconds=\(Self.seconds($0))" } ?? ""))
        case .batchReceive(let queue, let maximum, let wait):
            WireRequest(
                method: "GET",
                target: Self.messages(queue) + "?numOfMessages=\(maximum)" + (wait.map { "&waitseconds=\(Self.seconds($0))" } ?? ""))
        case .peek(let queue): WireRequest(method: "GET", target: Self.messages(queue) + "?peekonly=true")
        case .batchPeek(let queue, let maximum):
            WireRequest(method: "GET", target: Self.messages(queue) + "?peekonly=true&numOfMessages=\(maximum)")
        case .delete(let handle, let queue):
            WireRequest(method: "DELETE", target: Self.messages(queue) + "?ReceiptHandle=\(PercentCoding.encode(handle.text))")
        case .batchDelete(let handles, let queue):
            WireRequest(method: "DELETE", target: Self.messages(queue), body: Self.body(handles))
        case .changeVisibility(let handle, let timeout, let queue):
            WireRequest(
                method: "PUT",
                target: Self.messages(queue)
                    + "?receiptHandle=\(PercentCoding.encode(handle.text))&visibilityTimeout=\(Self.seconds(timeout))")
        }
    }

    private static func path(_ queue: String) -> String { "/queues/" + PercentCoding.encode(queue) }

    private static func messages(_ queue: String) -> String { path(queue) + "/messages" }

    /// Whole seconds, rounded down.
    private static func seconds(_ duration: Duration) -> Int64 { duration.components.seconds }

    private static func headers(_ request: QueueListRequest) -> [(name: String, value: String)] {
        var headers: [(name: String, value: String)] = []
        if let prefix = request.prefix { headers.append(("x-mns-prefix", prefix)) }
        if let marker = request.marker { headers.append(("x-mns-marker", marker)) }
        if let limit = request.limit { headers.append(("x-mns-ret-number", String(limit))) }
        if request.withAttributes { headers.append(("x-mns-with-meta", "true")) }
        return headers
    }

    private static func body(_ settings: QueueSettings) -> [UInt8] {
        var writer = XMLWriter.request("Queue")
        if let delay = settings.delay { writer.element("DelaySeconds", seconds(delay)) }
        if let size = settings.maximumMessageSize { writer.element("MaximumMessageSize", size) }
        if let retention = settings.retention { writer.element("MessageRetentionPeriod", seconds(retention)) }
        if let timeout = settings.visibilityTimeout { writer.element("VisibilityTimeout", seconds(timeout)) }
        if let wait = settings.pollingWait { writer.element("PollingWaitSeconds", seconds(wait)) }
        if let logging = settings.loggingEnabled { writer.element("LoggingEnabled", logging ? "True" : "False") }
        writer.close("Queue")
        return writer.bytes
    }

    private static func body(_ message: OutgoingMessage) -> [UInt8] {
        var writer = XMLWriter.request("Message", capacity: message.body.count + 512)
        write(message, to: &writer)
        writer.close("Message")
        return writer.bytes
    }

    private static func body(_ messages: [OutgoingMessage]) -> [UInt8] {
        var writer = XMLWriter.request("Messages", capacity: messages.reduce(256) { $0 + $1.body.count + 256 })
        for message in messages {
            writer.open("Message")
            write(message, to: &writer)
            writer.close("Message")
        }
        writer.close("Messages")
        return writer.bytes
    }

    private static func write(_ message: OutgoingMessage, to writer: inout XMLWriter) {
        writer.element("MessageBody", message.body)
        if let delay = message.delay { writer.element("DelaySeconds", seconds(delay)) }
        if let priority = message.priority { writer.element("Priority", priority) }
        if let group = message.groupID { writer.element("MessageGroupId", group) }
        writer.properties(user: message.userProperties, system: message.systemProperties)
    }

    private static func body(_ handles: [ReceiptHandle]) -> [UInt8] {
        var writer = XMLWriter.request("ReceiptHandles", capacity: handles.reduce(128) { $0 + $1.text.utf8.count + 40 })
        for handle in handles { writer.element("ReceiptHandle", handle.text) }
        writer.close("ReceiptHandles")
        return writer.bytes
    }
}

extension XMLWriter {
    /// `UserProperties` and `SystemProperties`; nothing for empty lists.
    mutating func properties(user: [MessageProperty], system: [MessageProperty]) {
        list(user, "UserProperties", "PropertyValue")
        list(system, "SystemProperties", "SystemPropertyValue")
    }

    private mutating func list(_ properties: [MessageProperty], _ name: StaticString, _ entry: StaticString) {
        if properties.isEmpty { return }
        open(name)
        for property in properties {
            open(entry)
            element("Name", property.name)
            element("Value", property.value)
            element("Type", property.type)
            close(entry)
        }
        close(name)
    }
}
