/// What the server made of a message that was sent.
package struct SentMessage: Sendable, Equatable {
    package var id: String
    package var bodyMD5: String
    /// Only for a delayed message: good until the delay ends.
    package var receiptHandle: ReceiptHandle?

    package init(id: String, bodyMD5: String, receiptHandle: ReceiptHandle? = nil) {
        self.id = id
        self.bodyMD5 = bodyMD5
        self.receiptHandle = receiptHandle
    }
}

/// One entry of a batch that the server refused: position-independent code and text.
package struct EntryFailure: Error, Sendable, Equatable {
    package var code: SMQError.Code
    package var message: String

    package init(code: SMQError.Code, message: String) {
        self.code = code
        self.message = message
    }
}

/// One handle of a batch delete that was not deleted. Handles not listed were.
package struct DeleteFailure: Sendable, Equatable {
    package var handle: ReceiptHandle
    package var failure: EntryFailure

    package init(handle: ReceiptHandle, failure: EntryFailure) {
        self.handle = handle
        self.failure = failure
    }
}

/// A lease after ChangeMessageVisibility: the handle before it is dead.
package struct RenewedLease: Sendable, Equatable {
    package var handle: ReceiptHandle
    package var nextVisibleTime: ServerTime

    package init(handle: ReceiptHandle, nextVisibleTime: ServerTime) {
        self.handle = handle
        self.nextVisibleTime = nextVisibleTime
    }
}
