/// What became of a batch delete.
package struct DeleteOutcome: Sendable, Equatable {
    /// Handles that were asked for and not deleted.
    package var failures: [DeleteFailure]
    /// Entries of the answer that name no handle that was asked for: not acted on, worth a log line.
    package var strangers: Int

    package init(failures: [DeleteFailure] = [], strangers: Int = 0) {
        self.failures = failures
        self.strangers = strangers
    }
}

extension IncomingAnswer {
    /// BatchDeleteMessage: entries are matched by the text of the handle, never by position.
    ///
    /// If an `Errors` document names none of `handles`, nobody knows which of them it means: all count as not deleted, with
    /// `InternalError`, which is worth another try. The ones that were deleted then answer `MessageNotExist`.
    package func deleted(_ handles: [ReceiptHandle]) throws(SMQError) -> DeleteOutcome {
        if isSuccess && body.isEmpty { return DeleteOutcome() }
        let root = try reading { () throws(XMLError) in try XMLParser.tree(of: body) }
        guard root.name == "Errors" else {
            if isSuccess && root.name != "Error" { return DeleteOutcome() }
            throw failure()
        }
        let asked = Set(handles)
        var failures: [DeleteFailure] = []
        var known: Set<ReceiptHandle> = []
        var strangers = 0
        for entry in root.children where entry.name == "Error" {
            let (handle, failure) = try reading { () throws(XMLError) in try Self.failedEntry(entry) }
            if let handle, asked.contains(handle) {
                if known.insert(handle).inserted { failures.append(DeleteFailure(handle: handle, failure: failure)) }
            } else {
                strangers += 1
            }
        }
        if failures.isEmpty {
            let failure = EntryFailure(code: .internalError, message: "the answer names failed handles, but none that were asked for")
            failures = handles.map { DeleteFailure(handle: $0, failure: failure) }
        }
        return DeleteOutcome(failures: failures, strangers: strangers)
    }

    private static func failedEntry(_ entry: XMLElement) throws(XMLError) -> (handle: ReceiptHandle?, failure: EntryFailure) {
        let code = try entry.text(of: "ErrorCode") ?? SMQError.Code.internalError.name
        let message = try entry.text(of: "ErrorMessage") ?? ""
        let handle = try entry.text(of: "ReceiptHandle")
        return (handle.map { ReceiptHandle($0) }, EntryFailure(code: SMQError.Code(code), message: message.shortened(to: 500)))
    }

    /// ChangeMessageVisibility.
    package func renewedLease() throws(SMQError) -> RenewedLease {
        guard isSuccess else { throw failure() }
        return try reading { () throws(XMLError) in
            let root = try XMLParser.tree(of: body)
            guard root.name == "ChangeVisibility" else { throw .unexpectedRoot(root.name) }
            guard let handle = try root.text(of: "ReceiptHandle") else { throw .unexpected("no ReceiptHandle") }
            return RenewedLease(
                handle: ReceiptHandle(handle),
                nextVisibleTime: ServerTime(milliseconds: Int64(try root.integer(of: "NextVisibleTime") ?? 0)))
        }
    }
}
