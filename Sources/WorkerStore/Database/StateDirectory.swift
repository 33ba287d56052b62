import Foundation

/// The directory that holds the state database: made and checked with plain file calls, because SQLite's only word for all that can
/// be wrong here is "unable to open database file".
struct StateDirectory {
    let path: String

    var databasePath: String { path.hasSuffix("/") ? path + StateDatabase.fileName : "\(path)/\(StateDatabase.fileName)" }

    /// Makes the directory with all above it (0700) if it is missing, and finds out whether files can be made in it.
    func prepare() throws(StateDatabaseError) {
        var missing: [String] = []
        var parent = URL(filePath: path).standardizedFileURL
        while !exists(parent.path), parent.path != "/" {
            missing.append(parent.path)
            parent.deleteLastPathComponent()
        }
        for directory in missing.reversed() {
            // EEXIST: another process was faster.
            guard mkdir(directory, 0o700) != 0, errno != EEXIST else { continue }
            throw failure(errno, "cannot make the directory \(directory)")
        }
        var status = stat()
        guard stat(path, &status) == 0 else { throw failure(errno, "cannot look at the directory") }
        guard status.st_mode & S_IFMT == S_IFDIR else { throw failure(ENOTDIR, "cannot use \(path)") }
        guard access(path, W_OK | X_OK) == 0 else { throw failure(errno, "cannot make files in the directory") }
    }

    /// Makes the database file for this user only (0600), or checks that it can be written.
    ///
    /// A file that exists is never opened and closed here: closing would drop the locks that SQLite holds on it in this process.
    func makeFile() throws(StateDatabaseError) {
        let file = open(databasePath, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        if file >= 0 {
            close(file)
        } else if errno != EEXIST {
            throw failure(errno, "cannot make the file")
        } else if access(databasePath, R_OK | W_OK) != 0 {
            throw failure(errno, "cannot open the file for writing")
        }
    }

    private func exists(_ path: String) -> Bool {
        var status = stat()
        return stat(path, &status) == 0
    }

    private func failure(_ code: Int32, _ action: String) -> StateDatabaseError {
        StateDatabaseError(.notWritable, path: databasePath, reason: "\(action): \(String(cString: strerror(code)))")
    }
}
