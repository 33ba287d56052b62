/// Why a queue, or the directory of queues, does not do what it was asked. The server gives it a code, a status and a text.
package enum QueueRefusal: Error, Sendable, Equatable {
    /// Nothing to receive; or a handle of the right form whose message is gone, visible again, or under a newer handle.
    case messageNotExist
    /// Text that this server never made as a handle.
    case receiptHandleError
    case queueNotExist
    /// A queue of that name exists with other attributes.
    case queueAlreadyExist
    /// A list marker that this server never gave.
    case invalidMarker
    /// A body above the queue's own limit, in bytes.
    case messageTooLarge(limit: Int)
    /// The store could not keep the change; the text is the store's.
    case storeFailed(String)
}
