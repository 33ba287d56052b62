import Testing

@testable import StreamServices

@Suite("How often calls are made") struct RateTests {
    private let start: Int64 = 1_773_478_800_000

    /// The most moments in any stretch of `window` milliseconds.
    private func most(_ moments: [Int64], in window: Int64) -> Int {
        moments.map { first in moments.count { first <= $0 && $0 < first + window } }.max() ?? 0
    }

    @Test(
        "no second and no minute has more calls than the limit, however they come",
        arguments: [
            RateLimit.mediaPushCreate, .mediaPullCreateNamed, .mediaPullDelete, .mediaPullListFiltered, .mediaPullList, .cloudRecording,
        ])
    func limits(limit: RateLimit) {
        var state = RateState()
        var (now, moments) = (start, [Int64]())
        for number in 0..<300 {
            now += number % 50 < 40 ? 1 : 400
            // Whoever finds too many waiting comes again later.
            var moment = state.reserve(limit, at: now)
            while moment == nil {
                now += 500
                moment = state.reserve(limit, at: now)
            }
            moments += [moment ?? 0]
        }
        #expect(moments == moments.sorted())
        #expect(most(moments, in: 1000) <= limit.perSecond)
        if let perMinute = limit.perMinute { #expect(most(moments, in: 60_000) <= perMinute) }
        // And not much slower than allowed.
        let seconds = Double((moments.last ?? 0) - start) / 1000
        let rate = limit.perMinute.map { Double($0) / 60 } ?? Double(limit.perSecond)
        #expect(seconds <= max(300 / rate * 1.1, Double(now - start) / 1000 + 2))
    }

    @Test("a 429 halves the rate, several make it slower still, and quiet minutes bring it back")
    func throttling() {
        func perSecond(_ state: inout RateState, at now: Int64) -> Int {
            let moments = (0..<150).compactMap { _ in state.reserve(.mediaPushCreate, at: now) }
            return most(moments, in: 1000)
        }
        var state = RateState()
        state.throttled(at: start)
        var copy = state
        #expect(perSecond(&copy, at: start) == 25)
        for _ in 0..<20 { state.throttled(at: start) }
        copy = state
        #expect(perSecond(&copy, at: start) == 3)
        copy = state
        #expect(perSecond(&copy, at: start + 60_000) == 6)
        #expect(perSecond(&state, at: start + 240_000) == 50)
    }

    @Test("a clock that was set back does not stop the calls")
    func clock() {
        var state = RateState()
        for _ in 0..<20 { _ = state.reserve(.mediaPullList, at: start) }
        state.throttled(at: start)
        #expect(state.reserve(.mediaPullList, at: start - 3_600_000) == start - 3_600_000)
    }

    @Test("one bucket for each name")
    func names() async throws {
        let rates = MemoryRates()
        for number in 0..<10 {
            #expect(try await rates.reserve(.mediaPushUpdate("c\(number)"), at: start) == start)
        }
        #expect(try await rates.reserve(.mediaPushUpdate("c1"), at: start) == start)
        #expect(try await rates.reserve(.mediaPushUpdate("c1"), at: start) == start + 1050)
    }
}
