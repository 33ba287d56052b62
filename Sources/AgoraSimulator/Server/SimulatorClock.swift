import Foundation
import Synchronization

/// The simulated time: Unix milliseconds.
package protocol SimulatorClock: Sendable {
    var now: Int64 { get }
    func advance(by milliseconds: Int64)
    /// How long it takes in real time until then; nil for a clock that moves by hand alone.
    func delay(until moment: Int64) -> Duration?
}

/// Runs `speed` times as fast as the real time: simulated = start + speed x (real - start), and so much more as it was moved.
///
/// Other processes that know start and speed have the same time without asking.
package final class ScaledClock: SimulatorClock {
    /// Unix milliseconds.
    package let start: Int64
    package let speed: Double
    private let moved = Mutex<Int64>(0)
    private let last = Mutex<Int64>(0)

    /// - Parameter start: Unix seconds, of real and simulated time alike; nil for now.
    package init(start: Double? = nil, speed: Double) {
        self.start = start.map { Int64($0 * 1000) } ?? Self.real
        self.speed = speed
    }

    package var now: Int64 {
        let time = start + Int64(Double(Self.real - start) * speed) + moved.withLock { $0 }
        // The machine's clock may be set back: this one only goes on.
        return last.withLock { last in
            last = max(last, time)
            return last
        }
    }

    package func advance(by milliseconds: Int64) { moved.withLock { $0 += milliseconds } }

    package func delay(until moment: Int64) -> Duration? { .milliseconds(max(0, Double(moment - now) / speed)) }

    private static var real: Int64 {
        var time = timespec()
        clock_gettime(CLOCK_REALTIME, &time)
        return Int64(time.tv_sec) * 1000 + Int64(time.tv_nsec) / 1_000_000
    }
}
