import Foundation

/// A file operation of a handler that failed. Thrown out of a handler it means "again, while attempts remain".
struct FileError: Error, Equatable, CustomStringConvertible {
    /// What was tried, as a verb: `open`, `append to`.
    let operation: String
    let path: String
    /// `errno` of the call, or 0 if the file is of a kind that cannot be used.
    let code: Int32
    var hint: String?

    /// Takes `errno` as the failed call left it.
    static func last(_ operation: String, _ path: String) -> FileError {
        FileError(operation: operation, path: path, code: errno)
    }

    var description: String {
        let cause = code == 0 ? "" : ": \(String(cString: strerror(code)))"
        return "cannot \(operation) \(path)\(cause)\(hint.map { "; \($0)" } ?? "")"
    }
}
