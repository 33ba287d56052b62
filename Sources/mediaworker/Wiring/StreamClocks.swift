import Foundation
import Settings
import StreamServices

/// Time as it is.
struct SystemClock: StreamClock {
    var now: ContinuousClock.Instant { .now }
    var unixMilliseconds: Int64 { Int64(Date().timeIntervalSince1970 * 1000) }
    var speed: Double { 1 }

    func sleep(until deadline: ContinuousClock.Instant) async {
        // Cancelled early is what the caller looks at itself.
        _ = try? await Task.sleep(until: deadline, clock: .continuous)
    }
}

/// Time that runs faster, for rehearsals: the same in all processes that were given the same start.
struct RehearsalClock: StreamClock {
    let speed: Double
    /// Unix milliseconds.
    private let start: Double
    private let began = ContinuousClock.now

    init(_ rehearsal: AgoraSection.Rehearsal) {
        speed = Double(rehearsal.speed)
        start = Double(rehearsal.start) * 1000
    }

    var now: ContinuousClock.Instant { began + (ContinuousClock.now - began) * speed }
    var unixMilliseconds: Int64 { Int64(start + (Date().timeIntervalSince1970 * 1000 - start) * speed) }

    func sleep(until deadline: ContinuousClock.Instant) async {
        // Cancelled early is what the caller looks at itself.
        _ = try? await Task.sleep(for: (deadline - now) / speed)
    }
}

extension AgoraSection {
    /// - Throws: For a rehearsal with the real service.
    func clock() throws(CommandFailure) -> any StreamClock {
        guard let rehearsal else { return SystemClock() }
        guard isLocal else {
            throw CommandFailure(
                CommandFailure.Code.configuration,
                "[agora.rehearsal] is for rehearsals only: [agora.hosts] must lead every one of Agora's hosts to this machine, as `mediaworker agora simulate --config` prints them."
            )
        }
        return RehearsalClock(rehearsal)
    }
}
