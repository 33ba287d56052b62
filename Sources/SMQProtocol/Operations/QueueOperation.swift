/// The 14 operations on queues and their messages, with all that a request says.
///
/// Both ends use it: the client makes a request of it (`encoded`), the local server reads it back (`init(decoding:)`).
package enum QueueOperation: Sendable, Equatable {
    case createQueue(String, QueueSettings)
    case deleteQueue(String)
    case listQueues(QueueListRequest)
    case getAttributes(of: String)
    case setAttributes(QueueSettings, of: String)
    case send(OutgoingMessage, to: String)
    case batchSend([OutgoingMessage], to: String)
    /// - Parameter wait: Sent as whole seconds rounded down; nil takes the queue's `PollingWaitSeconds`, zero answers at once.
    case receive(from: String, wait: Duration?)
    case batchReceive(from: String, upTo: Int, wait: Duration?)
    case peek(at: String)
    case batchPeek(at: String, upTo: Int)
    case delete(ReceiptHandle, from: String)
    case batchDelete([ReceiptHandle], from: String)
    /// - Parameter to: Sent as whole seconds rounded down.
    case changeVisibility(of: ReceiptHandle, to: Duration, in: String)

    /// The vendor's name of the operation, for errors and logs.
    package var name: String {
        switch self {
        case .createQueue: "CreateQueue"
        case .deleteQueue: "DeleteQueue"
        case .listQueues: "ListQueue"
        case .getAttributes: "GetQueueAttributes"
        case .setAttributes: "SetQueueAttributes"
        case .send: "SendMessage"
        case .batchSend: "BatchSendMessage"
        case .receive: "ReceiveMessage"
        case .batchReceive: "BatchReceiveMessage"
        case .peek: "PeekMessage"
        case .batchPeek: "BatchPeekMessage"
        case .delete: "DeleteMessage"
        case .batchDelete: "BatchDeleteMessage"
        case .changeVisibility: "ChangeMessageVisibility"
        }
    }

    /// The queue it is about; nil for ListQueue.
    package var queue: String? {
        switch self {
        case .listQueues: nil
        case .createQueue(let queue, _), .deleteQueue(let queue), .getAttributes(let queue), .setAttributes(_, let queue),
            .send(_, let queue), .batchSend(_, let queue), .receive(let queue, _), .batchReceive(let queue, _, _), .peek(let queue),
            .batchPeek(let queue, _), .delete(_, let queue), .batchDelete(_, let queue), .changeVisibility(_, _, let queue):
            queue
        }
    }

    /// Whether the server may get the request twice without harm. A second ChangeMessageVisibility would be refused and its
    /// first new handle be lost; a second send makes a duplicate.
    package var isRepeatable: Bool {
        switch self {
        case .send, .batchSend, .changeVisibility: false
        default: true
        }
    }

    /// How long the server may wait before it answers.
    package var wait: Duration {
        switch self {
        // Without a value of its own the queue's counts, which is not known here.
        case .receive(_, let wait), .batchReceive(_, _, let wait): wait ?? SMQLimits.wait.upperBound
        default: .zero
        }
    }
}
