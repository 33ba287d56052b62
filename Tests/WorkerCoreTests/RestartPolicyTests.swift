import Testing
import WorkerCore

@Suite("restart policy of the parent process")
struct RestartPolicyTests {
    @Test("a crashed worker comes back after 1 s, doubling to 30 s")
    func backOffDoubles() {
        var policy = RestartPolicy(endsWhenEmpty: false)
        let delays = (0..<7).map { _ in policy.decide(.signalled(9), life: .seconds(5), isStopping: false) }
        #expect(delays == [1, 2, 4, 8, 16, 30, 30].map { .restart(after: .seconds($0)) })
    }

    @Test("a life of 60 s starts the back-off over")
    func longLifeForgives() {
        var policy = RestartPolicy(endsWhenEmpty: false)
        for _ in 0..<4 { _ = policy.decide(.exited(1), life: .seconds(1), isStopping: false) }
        #expect(policy.decide(.exited(1), life: .seconds(60), isStopping: false) == .restart(after: .seconds(1)))
        #expect(policy.decide(.exited(1), life: .seconds(59), isStopping: false) == .restart(after: .seconds(2)))
    }

    @Test("a worker that asks for a restart gets it at once, unless it asks right after its start")
    func restartMe() {
        var policy = RestartPolicy(endsWhenEmpty: false)
        #expect(policy.decide(.exited(75), life: .seconds(20), isStopping: false) == .restart(after: .zero))
        #expect(policy.decide(.exited(75), life: .milliseconds(100), isStopping: false) == .restart(after: .seconds(1)))
    }

    @Test("a fault that a restart cannot mend stops all with its code", arguments: [Int32(64), 73, 78], [false, true])
    func faultStopsAll(code: Int32, isStopping: Bool) {
        var policy = RestartPolicy(endsWhenEmpty: true)
        #expect(policy.decide(.exited(code), life: .milliseconds(50), isStopping: isStopping) == .stopAll(exitCode: code))
    }

    @Test("exit 0 finishes a worker that ends when the queue is empty, and brings back one that runs for ever")
    func exitZero() {
        var ending = RestartPolicy(endsWhenEmpty: true)
        #expect(ending.decide(.exited(0), life: .seconds(3), isStopping: false) == .finished(exitCode: 0))
        var lasting = RestartPolicy(endsWhenEmpty: false)
        #expect(lasting.decide(.exited(0), life: .seconds(3), isStopping: false) == .restart(after: .seconds(1)))
    }

    @Test("nothing is restarted while stopping; a bad end then shows in the exit code")
    func stopping() {
        var policy = RestartPolicy(endsWhenEmpty: false)
        #expect(policy.decide(.exited(0), life: .seconds(9), isStopping: true) == .finished(exitCode: 0))
        #expect(policy.decide(.exited(75), life: .seconds(9), isStopping: true) == .finished(exitCode: 0))
        #expect(policy.decide(.exited(1), life: .seconds(9), isStopping: true) == .finished(exitCode: 1))
        #expect(policy.decide(.signalled(11), life: .seconds(9), isStopping: true) == .finished(exitCode: 70))
    }
}
