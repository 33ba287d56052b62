/// The value of the newest of several reports that may come in any order and twice. Of reports of one moment the greatest value counts,
/// so that the order in which they came never does.
struct Newest<Value: Comparable & Sendable>: Sendable {
    private(set) var value: Value?
    /// Unix milliseconds.
    private(set) var time: Int64 = .min

    mutating func take(_ value: Value, at time: Int64) {
        if let held = self.value, (time, value) <= (self.time, held) { return }
        (self.value, self.time) = (value, time)
    }
}
