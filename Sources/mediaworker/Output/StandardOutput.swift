import Foundation

/// What a command was asked for goes to stdout, byte for byte.
enum StandardOutput {
    /// Ends the program quietly when the reader has gone (`mediaworker dead list | head -1`).
    static func write(_ bytes: [UInt8]) {
        let error = Descriptor.write(bytes, to: STDOUT_FILENO)
        guard error != 0 else { return }
        if error != EPIPE { StandardError.write("Error: cannot write to stdout: \(String(cString: strerror(error)))\n") }
        Program.end(error == EPIPE ? 128 + SIGPIPE : EX_IOERR)
    }

    /// - Returns: False if nobody reads any more.
    static func offer(_ line: String) -> Bool { Descriptor.write(Array((line + "\n").utf8), to: STDOUT_FILENO) == 0 }

    static func line(_ text: String) { write(Array((text + "\n").utf8)) }

    static func line(_ bytes: [UInt8]) { write(bytes + [UInt8(ascii: "\n")]) }
}

/// Errors and remarks of operator commands. A running worker logs instead.
enum StandardError {
    static func write(_ text: String) { _ = Descriptor.write(Array(text.utf8), to: STDERR_FILENO) }

    static func line(_ text: String) { write(text + "\n") }
}

private enum Descriptor {
    /// - Returns: 0, or the `errno` of the write that failed.
    static func write(_ bytes: [UInt8], to descriptor: Int32) -> Int32 {
        var start = 0
        while start < bytes.count {
            let written = bytes[start...].withUnsafeBytes { Foundation.write(descriptor, $0.baseAddress, $0.count) }
            if written > 0 {
                start += written
            } else if errno == EAGAIN {
                var descriptors = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
                _ = poll(&descriptors, 1, 1000)
            } else if errno != EINTR {
                return errno
            }
        }
        return 0
    }
}
