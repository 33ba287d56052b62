import MediaEvents

/// One of the tasks between which a role changes, as viewers know it.
package struct TaskSide: Codable, Sendable, Equatable {
    /// The wanted task's name.
    package let task: String
    /// Of the task at Agora.
    package let id: String?
    package let uid: UInt32?
    package let account: String?
    /// Its key hidden.
    package let address: String

    var report: StreamSide { StreamSide(task: task, id: id, uid: uid.map { Int64($0) }, account: account, address: address) }
}
