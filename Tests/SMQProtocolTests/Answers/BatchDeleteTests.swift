import Testing

@testable import SMQProtocol

@Suite("Batch deletes")
struct BatchDeleteTests {
    private let handles = (1...4).map { ReceiptHandle("h\($0)=") }

    private func outcome(_ status: Int, _ body: [UInt8]) throws(SMQError) -> DeleteOutcome {
        try IncomingAnswer(to: .batchDelete(handles, from: "jobs"), status: status, body: body).deleted(handles)
    }

    private func entry(_ handle: String, _ code: String = "MessageNotExist") -> String {
        "<Error><ErrorCode>\(code)</ErrorCode><ErrorMessage>m</ErrorMessage><ReceiptHandle>\(handle)</ReceiptHandle></Error>"
    }

    private func errors(_ entries: String...) -> [UInt8] { Array("<Errors xmlns=\"x\">\(entries.joined())</Errors>".utf8) }

    @Test("no body: all deleted")
    func whole() throws { #expect(try outcome(204, []) == DeleteOutcome()) }

    @Test("entries are matched by handle, in any order and with any status", arguments: [404, 200, 500])
    func partly(status: Int) throws {
        let result = try outcome(status, errors(entry("h3=", "ReceiptHandleError"), entry("h1=")))
        #expect(result.failures.map(\.handle.text) == ["h3=", "h1="])
        #expect(result.failures.map(\.failure.code) == [.receiptHandleError, .messageNotExist])
        #expect(result.strangers == 0)
    }

    @Test("an entry with an unknown handle, or the same handle again, fails nobody else")
    func strangers() throws {
        let result = try outcome(404, errors(entry("h2="), entry("other"), entry("h2="), "<Error><ErrorCode>x</ErrorCode></Error>"))
        #expect(result.failures.map(\.handle.text) == ["h2="])
        #expect(result.strangers == 2)
    }

    @Test("failures that name no handle of ours count for all, and are worth another try")
    func unrecognisable() throws {
        for body in [errors(entry("other")), errors()] {
            let result = try outcome(404, body)
            #expect(result.failures.map(\.handle) == handles)
            #expect(result.failures.allSatisfy { $0.failure.code.isRetryable && !$0.failure.code.meansLeaseLost })
        }
    }

    @Test("a refusal of the whole call is thrown")
    func refused() {
        #expect {
            try outcome(404, Array("<Error><Code>QueueNotExist</Code><Message>m</Message></Error>".utf8))
        } throws: {
            ($0 as? SMQError)?.code == .queueNotExist
        }
        #expect {
            try outcome(502, Array("<html></html>".utf8))
        } throws: {
            ($0 as? SMQError)?.code == .malformedAnswer && ($0 as? SMQError)?.effect == .unknown
        }
    }

    @Test("random subsets of failures come back exactly, against the server's own encoding", arguments: 0..<50)
    func subsets(seed: UInt64) throws {
        var random = SeededRandom(seed: seed)
        let asked = (0..<16).map { ReceiptHandle("1-\($0)/+=") }
        let failed = asked.filter { _ in Bool.random(using: &random) }.shuffled(using: &random)
        let failures = failed.map { DeleteFailure(handle: $0, failure: EntryFailure(code: .messageNotExist, message: "m")) }
        let answer = failures.isEmpty ? Answer.done.encoded(requestID: "R") : Answer.notDeleted(failures).encoded(requestID: "R")
        let read = try IncomingAnswer(to: .batchDelete(asked, from: "jobs"), status: answer.status, body: answer.body).deleted(asked)
        #expect(read == DeleteOutcome(failures: failures))
    }
}
