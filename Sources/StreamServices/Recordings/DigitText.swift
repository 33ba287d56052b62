/// A number in a file name, of any length: compared by its value (9 before 10), printed as it stood (`007`).
public struct DigitText: Hashable, Sendable, Comparable {
    public let text: String

    /// - Returns: nil for anything but one or more ASCII digits.
    init?(_ text: some StringProtocol) {
        guard !text.isEmpty, text.utf8.allSatisfy({ 0x30...0x39 ~= $0 }) else { return nil }
        self.text = String(text)
    }

    private var significant: Substring { text.drop { $0 == "0" } }

    public static func < (one: DigitText, other: DigitText) -> Bool {
        // As with all times: their texts have the order of their values.
        if one.text.utf8.count == other.text.utf8.count { return one.text < other.text }
        let (left, right) = (one.significant, other.significant)
        if left.utf8.count != right.utf8.count { return left.utf8.count < right.utf8.count }
        // `7` and `007` are the same value: the text decides, so that an order is total.
        return left == right ? one.text < other.text : left < right
    }
}
