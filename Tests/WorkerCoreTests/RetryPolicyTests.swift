import Testing
import WorkerCore

@Suite struct RetryPolicyTests {
    private let policy = RetryPolicy(base: .seconds(10), cap: .seconds(60), maximumAttempts: 5)

    @Test("the longest wait doubles with each bad end up to the cap", arguments: [(1, 10), (2, 20), (3, 40), (4, 60), (50, 60)])
    func doubling(attempts: Int, seconds: Int) {
        #expect(policy.delay(after: attempts, random: 1) == .seconds(seconds))
    }

    @Test("full jitter goes down to a second and never to zero")
    func jitter() {
        #expect(policy.delay(after: 3, random: 0) == .seconds(1))
        #expect(policy.delay(after: 3, random: 0.5) == .seconds(20))
    }
}
