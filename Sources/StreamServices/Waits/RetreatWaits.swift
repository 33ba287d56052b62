/// How long to wait before a call is repeated that was answered with 404, 429 or 5xx.
/// - SeeAlso: Agora, Media Push and Media Pull, best practices, retry with retreat strategy.
package enum RetreatWaits {
    /// Each wait is a random point of its window, in seconds.
    private static let windows: [ClosedRange<Double>] = [5...6, 10...11, 15...16]

    /// - Parameters:
    ///   - failures: Answers of the kind so far, from 1.
    ///   - random: 0..<1.
    /// - Returns: nil when the call is not to be repeated again.
    package static func wait(after failures: Int, random: Double) -> Duration? {
        guard windows.indices.contains(failures - 1) else { return nil }
        let window = windows[failures - 1]
        return .seconds(window.lowerBound + random * (window.upperBound - window.lowerBound))
    }
}
