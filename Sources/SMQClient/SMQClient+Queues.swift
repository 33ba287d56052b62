package import SMQProtocol

extension SMQClient {
    /// Makes a queue, or finds it there with the same attributes.
    ///
    /// `PUT /queues/{name}` -> 201 when new, 204 when it was there. Absent settings count as the service's defaults.
    /// - Parameter name: 1...120 letters, digits and `-`, beginning with a letter or digit.
    /// - Returns: Whether it is new.
    /// - Throws: `QueueAlreadyExist` if it is there with other attributes, `QueueDeletedRecently` if the name is still blocked.
    /// - SeeAlso: Alibaba Cloud, Simple Message Queue (formerly MNS), CreateQueue.
    @discardableResult
    package func createQueue(_ name: String, _ settings: QueueSettings = QueueSettings()) async throws(SMQError) -> Bool {
        try await perform(.createQueue(name, settings)).answer.createdQueue()
    }

    /// Deletes a queue; all its messages are lost at once.
    ///
    /// `DELETE /queues/{name}` -> 204. For a queue that is not there servers differ: success, or `QueueNotExist`.
    package func deleteQueue(_ name: String) async throws(SMQError) {
        try await perform(.deleteQueue(name)).answer.checkSuccess()
    }

    /// One page of the account's queues.
    ///
    /// `GET /queues` with the request in signed headers -> 200. Ask again with `nextMarker` while there is one.
    package func listQueues(_ request: QueueListRequest = QueueListRequest()) async throws(SMQError) -> QueueList {
        try await perform(.listQueues(request)).answer.queueList()
    }

    /// A queue's settings and its approximate, late counts.
    ///
    /// `GET /queues/{name}` -> 200.
    /// - Throws: `QueueNotExist`.
    package func attributes(of queue: String) async throws(SMQError) -> QueueAttributes {
        try await perform(.getAttributes(of: queue)).answer.queueAttributes()
    }

    /// Changes the settings that are present and no others; they count for later sends and receives.
    ///
    /// `PUT /queues/{name}?metaoverride=true` -> 204.
    /// - Throws: `QueueNotExist`, `InvalidArgument`.
    package func setAttributes(_ settings: QueueSettings, of queue: String) async throws(SMQError) {
        try await perform(.setAttributes(settings, of: queue)).answer.checkSuccess()
    }
}
