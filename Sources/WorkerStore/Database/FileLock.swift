import Foundation

/// An advisory lock between processes (`flock`). The system takes it back from a process that dies.
struct FileLock {
    let path: String
    /// How long to wait for it.
    let limit: Duration

    /// Makes the file if needed, waits for the lock by asking every 10 ms, and holds it while `body` runs.
    func whileHeld<Value>(_ body: () throws(StateDatabaseError) -> Value) throws(StateDatabaseError) -> Value {
        let descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else {
            let reason = "cannot open the lock file: \(String(cString: strerror(errno)))"
            throw StateDatabaseError(.notWritable, path: path, reason: reason)
        }
        defer { close(descriptor) }
        let end = ContinuousClock.now + limit
        while flock(descriptor, LOCK_EX | LOCK_NB) != 0 {
            let code = errno
            let isWorthWaiting = code == EWOULDBLOCK || code == EINTR
            guard isWorthWaiting, ContinuousClock.now < end else {
                let reason = "cannot lock it: \(String(cString: strerror(code)))"
                throw StateDatabaseError(isWorthWaiting ? .busy : .notWritable, path: path, reason: reason)
            }
            usleep(10_000)
        }
        return try body()
    }
}
