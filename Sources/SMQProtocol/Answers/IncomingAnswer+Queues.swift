extension IncomingAnswer {
    /// GetQueueAttributes. Elements that are absent count as the service's defaults; times of queues are Unix seconds.
    package func queueAttributes() throws(SMQError) -> QueueAttributes {
        guard isSuccess else { throw failure() }
        return try reading { () throws(XMLError) in
            let root = try XMLParser.tree(of: body)
            guard root.name == "Queue" else { throw .unexpectedRoot(root.name) }
            return try QueueAttributes(root, fallbackName: operation.queue ?? "")
        }
    }

    /// ListQueue.
    package func queueList() throws(SMQError) -> QueueList {
        guard isSuccess else { throw failure() }
        return try reading { () throws(XMLError) in
            let root = try XMLParser.tree(of: body)
            guard root.name == "Queues" else { throw .unexpectedRoot(root.name) }
            var list = QueueList(queues: [], nextMarker: try root.text(of: "NextMarker"))
            for queue in root.children where queue.name == "Queue" {
                guard let url = try queue.text(of: "QueueURL") else { throw .unexpected("a queue has no QueueURL") }
                var entry = QueueList.Entry(url: url)
                if queue.children.contains(where: { $0.name == "VisibilityTimeout" }) {
                    entry.attributes = try QueueAttributes(queue, fallbackName: entry.name)
                }
                list.queues.append(entry)
            }
            return list
        }
    }
}

extension QueueAttributes {
    fileprivate init(_ element: XMLElement, fallbackName: String) throws(XMLError) {
        func time(_ name: String) throws(XMLError) -> ServerTime {
            let seconds = try element.integer(of: name) ?? 0
            let (milliseconds, overflow) = Int64(seconds).multipliedReportingOverflow(by: 1_000)
            guard !overflow else { throw .unexpected("\(name) is out of range") }
            return ServerTime(milliseconds: milliseconds)
        }
        self.init(
            name: try element.text(of: "QueueName") ?? fallbackName,
            delay: .seconds(try element.integer(of: "DelaySeconds") ?? 0),
            maximumMessageSize: try element.integer(of: "MaximumMessageSize") ?? SMQLimits.maximumMessageBytes,
            retention: .seconds(try element.integer(of: "MessageRetentionPeriod") ?? 345_600),
            visibilityTimeout: .seconds(try element.integer(of: "VisibilityTimeout") ?? 30),
            pollingWait: .seconds(try element.integer(of: "PollingWaitSeconds") ?? 0),
            loggingEnabled: try element.boolean(of: "LoggingEnabled") ?? false,
            created: try time("CreateTime"), lastModified: try time("LastModifyTime"),
            activeMessages: try element.integer(of: "ActiveMessages") ?? 0,
            inactiveMessages: try element.integer(of: "InactiveMessages") ?? 0,
            delayedMessages: try element.integer(of: "DelayMessages") ?? 0)
    }
}
