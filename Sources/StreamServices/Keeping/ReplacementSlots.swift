/// The tasks of a project that are being replaced: a few at once, by whichever process.
package struct ReplacementSlots: Codable, Sendable, Equatable {
    package static let most = 3
    /// One that is not given back ends by itself, in milliseconds.
    private static let life: Int64 = 300_000

    private var since: [String: Int64] = [:]

    package init() {}

    /// - Returns: False if too many are taken.
    package mutating func take(_ task: String, at now: Int64) -> Bool {
        since = since.filter { $0.value > now - Self.life }
        guard since[task] != nil || since.count < Self.most else { return false }
        since[task] = now
        return true
    }

    package mutating func giveBack(_ task: String) { since[task] = nil }
}
