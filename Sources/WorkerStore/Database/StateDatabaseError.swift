import GRDB

/// The state database cannot be used, or an operation on it failed: what happened, to which file, what to do.
package struct StateDatabaseError: Error, Sendable, Equatable, CustomStringConvertible {
    package enum Kind: Sendable, Equatable {
        /// The directory or the file cannot be made or written: the program ends with `EX_CANTCREAT` (73).
        case notWritable
        /// The file was written by a later version of this program.
        case newerSchema
        /// The file is no database, or a damaged one.
        case corrupt
        /// Another process kept the database locked for longer than the busy timeout.
        case busy
        case diskFull
        case failed
    }

    package var kind: Kind
    /// The directory or the file.
    package var path: String
    /// The system's or SQLite's own words. Never holds values of rows.
    package var reason: String

    init(_ kind: Kind, path: String, reason: String) {
        self.kind = kind
        self.path = path
        self.reason = reason
    }

    init(_ error: DatabaseError, path: String) {
        kind =
            switch error.resultCode {
            case .SQLITE_READONLY, .SQLITE_CANTOPEN, .SQLITE_PERM, .SQLITE_AUTH: .notWritable
            case .SQLITE_CORRUPT, .SQLITE_NOTADB: .corrupt
            case .SQLITE_BUSY, .SQLITE_LOCKED: .busy
            case .SQLITE_FULL: .diskFull
            default: .failed
            }
        self.path = path
        reason = "\(error.message ?? "no message") (SQLite code \(error.extendedResultCode.rawValue))"
    }

    package var description: String {
        switch kind {
        case .notWritable:
            """
            cannot write the state database \(path): \(reason); give this user the right to write there, or name another \
            directory with `state_dir` in [worker] or WORKER_STATE_DIR
            """
        case .newerSchema:
            """
            the state database \(path) was written by a later version of mediaworker (\(reason)); run that version, or name \
            another directory with `state_dir` in [worker] or WORKER_STATE_DIR
            """
        case .corrupt:
            """
            the state database \(path) is damaged or no database: \(reason); stop all workers, move the file and its -wal and \
            -shm files aside (`sqlite3 FILE .recover` may save the dead letters in it), and start again
            """
        case .busy:
            "the state database \(path) stayed locked by another process: \(reason); try again when that process is done"
        case .diskFull:
            "the state database \(path) cannot grow: \(reason); make room on that disk"
        case .failed:
            "an operation on the state database \(path) failed: \(reason); see whether its disk is full or faulty"
        }
    }
}
