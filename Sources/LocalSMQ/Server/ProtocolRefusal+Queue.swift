import SMQProtocol

extension ProtocolRefusal {
    /// The wire's code and text for what a queue refuses.
    init(_ refusal: QueueRefusal) {
        switch refusal {
        case .messageNotExist: self.init(.messageNotExist, "Message not exist.")
        case .receiptHandleError: self.init(.receiptHandleError, "The receipt handle you provide is not valid.")
        case .queueNotExist: self.init(.queueNotExist, "The queue name you provided is not exist.")
        case .queueAlreadyExist: self.init(.queueAlreadyExist, "The queue exists already, with other attributes.")
        case .invalidMarker: self.init(.invalidArgument, "x-mns-marker is not the NextMarker of an earlier answer.")
        case .messageTooLarge(let limit):
            self.init(.invalidArgument, "The message body may have \(limit) bytes, the queue's MaximumMessageSize.")
        case .storeFailed(let reason): self.init(.internalError, "The store could not keep the change: \(reason)")
        }
    }
}
