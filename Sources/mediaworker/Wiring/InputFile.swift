import Foundation

/// Files that a command reads; `-` is stdin.
enum InputFile {
    /// - Throws: `CommandFailure` with exit 66 and the reason.
    static func read(_ name: String) throws(CommandFailure) -> [UInt8] {
        if name == "-" { return try readAll(STDIN_FILENO, name: "stdin") }
        let descriptor = open(name, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw failure(name) }
        defer { close(descriptor) }
        return try readAll(descriptor, name: name)
    }

    private static func readAll(_ descriptor: Int32, name: String) throws(CommandFailure) -> [UInt8] {
        var bytes: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 1 << 16)
        while true {
            let count = chunk.withUnsafeMutableBytes { Foundation.read(descriptor, $0.baseAddress, $0.count) }
            if count > 0 { bytes += chunk[..<count] }
            if count == 0 { return bytes }
            if count < 0, errno != EINTR { throw failure(name) }
        }
    }

    private static func failure(_ name: String) -> CommandFailure {
        CommandFailure(CommandFailure.Code.noInput, "cannot read \(name): \(String(cString: strerror(errno)))")
    }
}
