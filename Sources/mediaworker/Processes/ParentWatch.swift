import Foundation

/// Tells a worker process that its parent is gone, `kill -9` included: the parent holds the other end of our stdin and never writes.
enum ParentWatch {
    /// Calls `gone` once, from a thread of its own, when stdin ends.
    static func start(gone: @escaping @Sendable () -> Void) {
        let thread = Thread {
            var byte: UInt8 = 0
            while true {
                let count = read(STDIN_FILENO, &byte, 1)
                if count > 0 || (count < 0 && errno == EINTR) { continue }
                if count < 0 && errno == EAGAIN {
                    var descriptors = pollfd(fd: STDIN_FILENO, events: Int16(POLLIN), revents: 0)
                    _ = poll(&descriptors, 1, -1)
                    continue
                }
                break
            }
            gone()
        }
        thread.start()
    }
}
