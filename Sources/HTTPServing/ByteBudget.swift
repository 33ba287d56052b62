import Synchronization

/// How many bytes of request bodies all connections of a server may hold together.
///
/// Counted as they arrive and not as they are announced: an announcement costs its sender nothing.
package final class ByteBudget: Sendable {
    private let limit: Int
    private let used = Mutex(0)

    package init(_ limit: Int) { self.limit = limit }

    /// Bytes held now.
    package var count: Int { used.withLock { $0 } }

    /// One request's part, nothing at first. `end` gives it back.
    package func share() -> Share { Share(of: self) }

    package final class Share: Sendable {
        private let budget: ByteBudget
        private let held = Mutex(0)

        fileprivate init(of budget: ByteBudget) { self.budget = budget }

        /// - Returns: False, and nothing is taken, when the budget has no such room.
        package func grow(by bytes: Int) -> Bool {
            let fits = budget.used.withLock { used in
                guard used + bytes <= budget.limit else { return false }
                used += bytes
                return true
            }
            if fits { held.withLock { $0 += bytes } }
            return fits
        }

        package func end() {
            let bytes = held.withLock { held in
                defer { held = 0 }
                return held
            }
            budget.used.withLock { $0 -= bytes }
        }
    }
}
