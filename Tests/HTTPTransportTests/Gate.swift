import Foundation

/// Holds server threads back until a test opens it; gives up by itself after 20 s.
final class Gate: @unchecked Sendable {  // all state under the condition's lock
    private let condition = NSCondition()
    private var isOpen = false
    private var arrived = 0

    func wait() {
        let limit = Date(timeIntervalSinceNow: 20)
        condition.withLock {
            while !isOpen, condition.wait(until: limit) {}
        }
    }

    func open() {
        condition.withLock {
            isOpen = true
            condition.broadcast()
        }
    }

    /// Waits like the others, and opens the gate when `count` have come.
    func waitForAll(_ count: Int) {
        let isLast = condition.withLock {
            arrived += 1
            return arrived == count
        }
        if isLast { open() } else { wait() }
    }
}
