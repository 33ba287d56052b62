import Foundation
import Synchronization

/// A wall clock that a test moves.
final class TestClock: Sendable {
    private let milliseconds: Mutex<Int64>

    init(_ start: Date = Sample.kept) { milliseconds = Mutex(Int64((start.timeIntervalSince1970 * 1000).rounded())) }

    var now: Date { milliseconds.withLock { Date(timeIntervalSince1970: Double($0) / 1000) } }

    func advance(by seconds: Int64) { milliseconds.withLock { $0 += seconds * 1000 } }
}
