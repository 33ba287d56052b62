import SMQProtocol
import Testing

@testable import LocalSMQ

@Suite struct ReceiptHandleTests {
    private let start = Sample.start

    private func leased() throws -> (QueueMachine, ReceiptHandle) {
        var queue = try Sample.machine()
        _ = queue.send(Sample.message("A"), at: start)
        let handle = queue.receive(upTo: 1, at: start)[0].receiptHandle
        return (queue, handle)
    }

    @Test("a handle deletes its message once")
    func once() throws {
        var (queue, handle) = try leased()
        try queue.delete(handle, at: start + 29_999)
        #expect(queue.counts.total == 0)
        #expect(throws: QueueRefusal.messageNotExist) { try queue.delete(handle, at: start + 29_999) }
    }

    @Test("a handle is dead when its lease is over, received again or not", arguments: [false, true])
    func leaseOver(receivedAgain: Bool) throws {
        var (queue, handle) = try leased()
        if receivedAgain { #expect(queue.receive(upTo: 1, at: start + 30_000).count == 1) }
        #expect(throws: QueueRefusal.messageNotExist) { try queue.delete(handle, at: start + 30_000) }
        #expect(throws: QueueRefusal.messageNotExist) { _ = try queue.changeVisibility(of: handle, to: 5, at: start + 30_000) }
        #expect(queue.counts.total == 1)
    }

    @Test("a visibility change counts from its own time, shortens or prolongs, and kills the handle before it", arguments: [1, 60])
    func change(timeout: Int) throws {
        var (queue, old) = try leased()
        let renewed = try queue.changeVisibility(of: old, to: timeout, at: start + 20_000)
        let end = start + 20_000 + Int64(timeout) * 1000
        #expect(renewed.nextVisibleTime.milliseconds == end)
        #expect(renewed.handle != old)
        #expect(throws: QueueRefusal.messageNotExist) { try queue.delete(old, at: start + 20_001) }
        #expect(throws: QueueRefusal.messageNotExist) { _ = try queue.changeVisibility(of: old, to: 9, at: start + 20_001) }
        #expect(queue.receive(upTo: 1, at: end - 1).isEmpty)
        #expect(queue.receive(upTo: 1, at: end).map(\.dequeueCount) == [2])
    }

    @Test("an extended lease stands when the one before it would have ended")
    func extensionHonoured() throws {
        var (queue, old) = try leased()
        let renewed = try queue.changeVisibility(of: old, to: 30, at: start + 29_000)
        #expect(queue.receive(upTo: 1, at: start + 30_000).isEmpty)
        try queue.delete(renewed.handle, at: start + 58_999)
    }

    @Test(
        "text that was never a handle is another refusal than a dead handle",
        arguments: [
            "", "abc", "1-", "1-AAAA", "2-ODU4OTkzNDU5My0xNDM1MTk3NjAwLTItNg==", "1-ODU4OTkzNDU5My0xNDM1MTk3NjAwLTItNg==",
        ])
    func foreign(text: String) throws {
        var (queue, _) = try leased()
        #expect(throws: QueueRefusal.receiptHandleError) { try queue.delete(ReceiptHandle(text), at: start) }
    }

    @Test("one changed character makes a handle foreign")
    func damaged() throws {
        var (queue, handle) = try leased()
        for position in 0..<handle.text.count {
            var text = Array(handle.text)
            text[position] = text[position] == "B" ? "C" : "B"
            #expect(throws: QueueRefusal.receiptHandleError) { try queue.delete(ReceiptHandle(String(text)), at: start) }
        }
        #expect(queue.counts == QueueCounts(inactive: 1))
    }

    @Test("a handle's text gives its key back, and uses the characters that clients stumble over")
    func text() {
        var seen: Set<Character> = []
        for ticket in [UInt64.min, 1, .max, 0xFBEF_BEFB_EFBE_FBEF, 0xFFFE_FDFC_FBFA_F9F8] {
            let key = HandleKey(number: ticket &* 31, ticket: ticket)
            #expect(HandleKey(key.handle) == key)
            seen.formUnion(key.handle.text)
        }
        #expect(seen.isSuperset(of: "+/="))
    }
}
