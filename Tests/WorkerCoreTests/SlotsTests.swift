import Synchronization
import TestSupport
import Testing

@testable import WorkerCore

@Suite(.timeLimit(.minutes(1))) struct SlotsTests {
    /// Takes in a task of its own and says when it waits.
    private func taking(_ slots: Slots, atLeast minimum: Int) async -> (wait: Int, result: Task<Int, Never>) {
        let waiting = OneShot<Int>()
        let task = Task { await slots.take(upTo: 16, atLeast: minimum) { waiting.resolve($0) } }
        return (await waiting.value, task)
    }

    @Test("what is free is taken at once, up to the maximum, and the minimum is waited for")
    func minimum() async {
        let slots = Slots(20)
        #expect(await slots.take(upTo: 16) == 16)
        let (_, other) = await taking(slots, atLeast: 16)
        slots.give(11)
        let (_, small) = await taking(slots, atLeast: 16)
        slots.give(1)
        #expect(await other.value == 16)
        slots.give(16)
        #expect(await small.value == 16)
    }

    @Test("who settles for less goes before one who still wants a full batch")
    func settling() async {
        let slots = Slots(16)
        _ = await slots.take(upTo: 16)
        let (_, patient) = await taking(slots, atLeast: 16)
        let (wait, hasty) = await taking(slots, atLeast: 16)
        slots.give(3)
        slots.settleForLess(wait)
        #expect(await hasty.value == 3)
        slots.settleForLess(wait)  // over: nothing happens
        slots.give(16)
        #expect(await patient.value == 16)
    }

    @Test("after the close there is none, for those who wait and those who come")
    func close() async {
        let slots = Slots(1)
        _ = await slots.take(upTo: 1)
        let (_, waiting) = await taking(slots, atLeast: 1)
        slots.close()
        #expect(await waiting.value == 0)
        #expect(await slots.take(upTo: 1) == 0)
    }

    @Test("more messages than were asked for are worked off before anything is free again")
    func overdrawn() async {
        let slots = Slots(4)
        #expect(await slots.take(upTo: 4) == 4)
        slots.give(-2)
        let (_, waiting) = await taking(slots, atLeast: 1)
        slots.give(1)
        slots.give(1)
        slots.give(1)
        #expect(await waiting.value == 1)
    }
}
