import Testing

@testable import WorkerCore

@Suite struct PollPlanTests {
    private func plan() -> PollPlan { PollPlan(longestWait: .seconds(20), maximumPollers: 3) }

    @Test("4: errors ask a bounded number of times, and one answer ends the back-off", arguments: [(60, 20), (3600, 750)])
    func errors(seconds: Int, calls: Int) {
        var plan = plan()
        var asked = 0
        var passed = Duration.zero
        while passed < .seconds(seconds) {
            guard case .again(let pause) = plan.failed(.main, isRetryable: true, random: 0.5) else { return }
            passed += pause
            asked += 1
        }
        #expect(asked <= calls)
        let (next, _) = plan.answered(.main, count: 0, asked: 16, wait: .seconds(20), elapsed: .seconds(20), random: 0.5)
        #expect(next == .again(after: .zero))
        #expect(plan.failed(.main, isRetryable: true, random: 1) == .again(after: .seconds(1)), "the back-off begins anew")
    }

    @Test("a quick empty answer is throttling: the pause doubles to 15 s; a poll without a wait is exempt")
    func quickEmpty() {
        var plan = plan()
        var pauses: [Duration] = []
        for _ in 0..<6 {
            let (next, _) = plan.answered(.main, count: 0, asked: 16, wait: .seconds(20), elapsed: .milliseconds(5), random: 0.5)
            if case .again(let pause) = next { pauses.append(pause) }
        }
        #expect(pauses == [1, 2, 4, 8, 15, 15].map { .seconds($0) })
        let (next, _) = plan.answered(.main, count: 0, asked: 16, wait: .zero, elapsed: .zero, random: 0.5)
        #expect(next == .again(after: .zero))
    }

    @Test("never to wait on the server is a setting that does not ask without a pause")
    func shortPolling() {
        var plan = PollPlan(longestWait: .zero, maximumPollers: 3)
        let pauses: [PollPlan.Next] = (0..<6).map { _ in
            plan.answered(.main, count: 0, asked: 16, wait: .zero, elapsed: .zero, random: 0.5).next
        }
        #expect(pauses == [100, 200, 400, 800, 1000, 1000].map { .again(after: .milliseconds($0)) })
    }

    @Test("full batches add pollers up to the limit, an empty one takes the extra ones away")
    func adaptive() {
        var plan = plan()
        let full = plan.answered(.main, count: 16, asked: 16, wait: .seconds(20), elapsed: .zero, random: 0)
        #expect(full.startAnother)
        #expect(plan.answered(.extra, count: 16, asked: 16, wait: .zero, elapsed: .zero, random: 0).startAnother)
        #expect(
            !plan.answered(.main, count: 16, asked: 16, wait: .seconds(20), elapsed: .zero, random: 0).startAnother, "three is the limit")
        #expect(plan.answered(.extra, count: 0, asked: 16, wait: .zero, elapsed: .zero, random: 0).next == .retire)
        #expect(plan.pollers == 2)
    }

    @Test("idle polls are jittered and never longer than allowed", arguments: [0.0, 0.5, 0.99])
    func jitter(random: Double) {
        var plan = plan()
        for _ in 0..<3 { _ = plan.answered(.main, count: 0, asked: 16, wait: .seconds(20), elapsed: .seconds(20), random: 0) }
        let wait = plan.wait(.main, random: random)
        #expect(wait >= .seconds(16) && wait <= .seconds(20))
    }
}
