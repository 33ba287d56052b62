import Logging
import SMQProtocol

extension QueueDeadLetterDesk {
    /// Letters received at most in one search.
    private static var scanLimit: Int { 20_000 }
    /// A letter that was handed back a moment ago is visible again within this.
    private static var patience: Duration { .seconds(1) }

    /// Every letter that can be received, each once; all are handed back.
    func receiveAll() async throws -> [ReceivedMessage] {
        var (messages, empty): ([String: ReceivedMessage], Int) = ([:], 0)
        var failure: (any Error)?
        do {
            var isRound = false
            while !isRound, empty < 2, messages.count < Self.scanLimit {
                let batch = try await queue.receive(upTo: Self.reach, wait: Self.patience).messages
                empty = batch.isEmpty ? empty + 1 : 0
                for message in batch { isRound = messages.updateValue(message, forKey: message.id) != nil || isRound }
            }
        } catch {
            failure = error
        }
        for message in messages.values { await handBack(message.receiptHandle) }
        if let failure { throw failure }
        return Array(messages.values)
    }

    /// Receives letters until all that are wanted were found, nothing new comes, or the limit is reached; then hands back the rest.
    ///
    /// While this goes on, other readers of the queue do not see the letters received.
    /// - Parameter act: Called with a wanted id, its letter and the handle of its lease, which is then the callee's.
    /// - Returns: The ids not found.
    func scan(
        for ids: [String], _ act: (_ id: String, _ letter: StoredDeadLetter, _ handle: ReceiptHandle) async throws -> Void
    ) async throws -> [String] {
        var missing = ids
        var others: [String: ReceiptHandle] = [:]
        var failure: (any Error)?
        do {
            try await search(&missing, &others, act)
        } catch {
            failure = error
        }
        for handle in others.values { await handBack(handle) }
        if let failure { throw failure }
        return missing
    }

    private func search(
        _ missing: inout [String], _ others: inout [String: ReceiptHandle],
        _ act: (_ id: String, _ letter: StoredDeadLetter, _ handle: ReceiptHandle) async throws -> Void
    ) async throws {
        var (seen, empty): (Set<String>, Int) = ([], 0)
        // One receive asks one part of the queue: a single empty answer is no proof.
        while !missing.isEmpty, seen.count < Self.scanLimit, empty < 2 {
            let messages = try await queue.receive(upTo: Self.reach, wait: Self.patience).messages
            empty = messages.isEmpty ? empty + 1 : 0
            // All are ours to hand back, whatever happens to the first.
            for message in messages { others[message.id] = message.receiptHandle }
            for message in messages {
                // A lease of the first ones has ended: the search has gone round.
                guard seen.insert(message.id).inserted else { return }
                let letter = StoredDeadLetter(message, in: queue.name)
                guard let found = missing.firstIndex(where: letter.isNamed) else { continue }
                let id = missing.remove(at: found)
                others[message.id] = nil
                try await act(id, letter, message.receiptHandle)
            }
        }
    }

    func delete(_ handle: ReceiptHandle) async -> (any Error)? {
        do throws(SMQError) {
            return try await queue.delete([handle]).first?.failure
        } catch {
            return error
        }
    }

    /// Makes a letter visible again after a second. Where this fails, it becomes visible when its lease ends.
    func handBack(_ handle: ReceiptHandle) async {
        do throws(SMQError) {
            _ = try await queue.changeVisibility(of: handle, to: .seconds(1))
        } catch {
            logger.info(
                "dead letter not handed back, visible again when its lease ends",
                metadata: ["queue": "\(queue.name)", "code": "\(error.code.name)"])
        }
    }
}
