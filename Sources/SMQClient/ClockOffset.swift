import SMQProtocol
import Synchronization

/// How far this machine's clock is off the server's, learnt from the `Date` of answers.
///
/// The server refuses a `Date` that is more than 15 minutes off, so requests are signed by its clock. The local clock is left
/// alone. Differences up to a minute are taken for travel time and rounding, and count as none.
final class ClockOffset: Sendable {
    private static let tolerance: Duration = .seconds(60)
    private let clock: WallClock
    private let offset = Mutex(Duration.zero)

    init(clock: WallClock) { self.clock = clock }

    /// The server's time, as far as it is known.
    var serverTime: ServerTime {
        let milliseconds = offset.withLock { $0 }.milliseconds
        return ServerTime(milliseconds: clock.now().milliseconds + milliseconds)
    }

    /// - Parameter serverDate: Of an answer that has just come.
    /// - Returns: The new offset if it changed by more than the tolerance, else nil.
    func learn(from serverDate: ServerTime) -> Duration? {
        let difference = serverDate.since(clock.now())
        return offset.withLock { offset in
            let change = difference - offset
            guard change > Self.tolerance || change < .zero - Self.tolerance else { return nil }
            let isOff = difference > Self.tolerance || difference < .zero - Self.tolerance
            offset = isOff ? difference : .zero
            return offset
        }
    }
}

extension Duration {
    /// Rounded toward zero.
    fileprivate var milliseconds: Int64 { components.seconds * 1_000 + components.attoseconds / 1_000_000_000_000_000 }
}
