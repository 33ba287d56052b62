import SMQProtocol
import Testing
import WorkerCore

/// Failure modes 19 to 22, 26 and 28 as tables: order instead of seconds.
@Suite struct LeaseMachineTests {
    private let start = ContinuousClock.now
    private let old = ReceiptHandle("old")
    private let new = ReceiptHandle("new")

    private func machine() -> LeaseMachine { LeaseMachine(handle: old, leasedAt: start, visibility: .seconds(30)) }
    private func at(_ seconds: Double) -> ContinuousClock.Instant { start + .seconds(seconds) }

    @Test("a lease is renewed at half of what is left, and the new one counts from the request")
    func renewal() {
        var lease = machine()
        #expect(lease.advance(to: at(14.9)) == .none)
        #expect(lease.advance(to: at(15)) == .renew(old, to: .seconds(30)))
        #expect(lease.advance(to: at(16)) == .none, "one call at a time")
        #expect(lease.renewed(from: old, to: new, sentAt: at(15), now: at(17)) == .none)
        #expect(lease.deadline == at(45))
        #expect(lease.handle == new)
        #expect(lease.nextDue == at(30))
    }

    @Test("19: a renewal that failed for sure is tried again with the same handle while the lease lives")
    func renewalRetried() {
        var lease = machine()
        _ = lease.advance(to: at(15))
        #expect(lease.renewalFailed(of: old, .notDone, at: at(15)) == .none)
        #expect(lease.ownership == .proven)
        #expect(lease.advance(to: at(20)) == .renew(old, to: .seconds(30)))
        #expect(lease.renewed(from: old, to: new, sentAt: at(20), now: at(20)) == .none)
        #expect(lease.deadline == at(50))
    }

    @Test("20: an ack waits for the renewal on its way and goes out on the newest handle")
    func ackAfterRenewal() {
        var lease = machine()
        _ = lease.advance(to: at(15))
        #expect(lease.settle(.delete, at: at(16)) == .none)
        #expect(lease.renewed(from: old, to: new, sentAt: at(15), now: at(17)) == .delete(new))
        #expect(lease.settled(with: new) == .end(.deleted))
    }

    @Test("22: a retry delay waits for the renewal on its way, so that no tick can overwrite it")
    func nackAfterRenewal() {
        var lease = machine()
        _ = lease.advance(to: at(15))
        #expect(lease.settle(.visible(in: .seconds(60)), at: at(15)) == .none)
        #expect(lease.renewed(from: old, to: new, sentAt: at(15), now: at(16)) == .changeVisibility(new, to: .seconds(60)))
        #expect(lease.advance(to: at(40)) == .none, "no renewal any more")
        #expect(lease.settled(with: new) == .end(.returned))
    }

    @Test("a message is never made visible after less than a second", arguments: [Duration.zero, .milliseconds(300)])
    func neverZero(delay: Duration) {
        var lease = machine()
        #expect(lease.settle(.visible(in: delay), at: at(1)) == .changeVisibility(old, to: .seconds(1)))
    }

    @Test("21: after a lost answer the old handle is tried; refused, the finished work is remembered")
    func lostAnswer() {
        var lease = machine()
        _ = lease.advance(to: at(15))
        _ = lease.renewalFailed(of: old, .unknown, at: at(15))
        #expect(lease.ownership == .unknown)
        #expect(lease.settle(.delete, at: at(16)) == .delete(old))
        #expect(lease.settlementFailed(with: old, .refused, pause: .seconds(1), at: at(16)) == .end(.remembered))
    }

    @Test("a handle that the server refuses at a renewal stays ours until the last proven deadline, then is lost")
    func refusedRenewal() {
        var lease = machine()
        _ = lease.advance(to: at(15))
        _ = lease.renewalFailed(of: old, .refused, at: at(15))
        #expect(lease.ownership == .unknown)
        #expect(lease.advance(to: at(25)) == .none, "no further renewal of a refused handle")
        #expect(lease.advance(to: at(30)) == .leaseLost)
        #expect(lease.ownership == .lost)
    }

    @Test(
        "26: after the proven deadline nothing is sent with the stale handle",
        arguments: [LeaseMachine.Settlement.delete, .visible(in: .seconds(5))])
    func fenced(settlement: LeaseMachine.Settlement) {
        var lease = machine()
        _ = lease.advance(to: at(15))
        _ = lease.renewalFailed(of: old, .unknown, at: at(16))
        _ = lease.advance(to: at(30))
        #expect(lease.settle(settlement, at: at(31)) == .end(settlement == .delete ? .remembered : .lost))
    }

    @Test("28: a delete that fails is tried again inside the lease, then remembered")
    func deleteRetried() {
        var lease = machine()
        #expect(lease.settle(.delete, at: at(1)) == .delete(old))
        #expect(lease.settlementFailed(with: old, .notDone, pause: .seconds(2), at: at(1)) == .none)
        #expect(lease.advance(to: at(2)) == .none)
        #expect(lease.advance(to: at(3)) == .delete(old))
        #expect(lease.settlementFailed(with: old, .unknown, pause: .seconds(60), at: at(4)) == .end(.remembered))
    }

    @Test("25: a redelivery to the same process is adopted; the answer to an older renewal changes nothing")
    func adopted() {
        var lease = machine()
        _ = lease.advance(to: at(15))
        let isAdopted = lease.adopt(new, leasedAt: at(31))
        #expect(isAdopted)
        #expect(lease.renewalFailed(of: old, .refused, at: at(32)) == .none)
        #expect(lease.ownership == .proven)
        #expect(lease.settle(.delete, at: at(33)) == .delete(new))
    }

    @Test("an answer that belongs to no call on its way changes nothing")
    func strayAnswers() {
        var lease = machine()
        #expect(lease.settled(with: old) == .none)
        #expect(lease.renewed(from: old, to: new, sentAt: at(1), now: at(1)) == .none)
        #expect(lease.handle == old)
    }
}
