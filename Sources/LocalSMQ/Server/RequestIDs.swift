import Synchronization

/// Makes the values of `x-mns-request-id`: 24 upper-case hex digits, the first 8 of them the Unix time in seconds.
final class RequestIDs: Sendable {
    private let count = Atomic<UInt64>(.random(in: .min ... .max))

    /// - Parameter now: Unix time in milliseconds.
    func next(at now: Int64) -> String {
        let number = count.wrappingAdd(1, ordering: .relaxed).newValue
        return UpperHex.text(UInt64(truncatingIfNeeded: now / 1000)).suffix(8) + UpperHex.text(number)
    }
}
