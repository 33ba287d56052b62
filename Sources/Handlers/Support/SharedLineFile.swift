import Foundation
import Synchronization

/// An append-only text file that any number of threads and processes write whole lines to, rotated by size.
///
/// Every line is written under an advisory `flock` on the file itself. Whoever gets the lock compares the file with the path: if
/// another process (or logrotate) has renamed it meanwhile, the path is opened anew, so no line goes to a file that is about to be
/// removed. Rotation happens under the same lock. A line that was written in part (disk full) is cut off again, which is safe
/// since nobody else can have appended behind it; a torn line left by a power cut is ended with a line feed first.
final class SharedLineFile: Sendable {
    let path: String
    /// Bytes; nil never rotates. Lines written together that are longer than this get a file of their own.
    let maximumSize: Int?
    /// Old files kept: `path.1` (newest) to `path.N`.
    let keep: Int
    /// Whether each line is on the disk before `append` returns.
    let isSynced: Bool
    private let descriptor = Mutex<Int32?>(nil)

    init(path: String, maximumSize: Int? = nil, keep: Int = 0, isSynced: Bool = false) {
        self.path = path
        self.maximumSize = maximumSize
        self.keep = keep
        self.isSynced = isSynced
    }

    deinit { close() }

    /// Makes missing directories and opens the file, so that a bad path shows at the start and not at the first event.
    func open() throws {
        let directory = URL(filePath: path).deletingLastPathComponent().path
        try FileManager.default.createDirectory(
            atPath: directory, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        try descriptor.withLock { descriptor in
            if descriptor == nil { descriptor = try opened() }
        }
    }

    /// Appends one line; the line feed is added here. Blocks for the time of a few file calls.
    func append(_ line: [UInt8]) throws(FileError) { try append(lines: [line]) }

    /// Appends lines together, all or none, with one wait for the disk.
    func append(lines: [[UInt8]]) throws(FileError) {
        var line: [UInt8] = []
        line.reserveCapacity(lines.reduce(0) { $0 + $1.count + 1 })
        for text in lines {
            line += text
            line.append(UInt8(ascii: "\n"))
        }
        let failure: FileError? = descriptor.withLock { descriptor in
            do throws(FileError) {
                try write(line, with: &descriptor)
                return nil
            } catch {
                return error
            }
        }
        if let failure { throw failure }
    }

    func close() {
        descriptor.withLock { descriptor in
            if let open = descriptor { Foundation.close(open) }
            descriptor = nil
        }
    }

    private func write(_ line: [UInt8], with descriptor: inout Int32?) throws(FileError) {
        while true {
            let file: Int32
            if let open = descriptor { file = open } else { file = try opened() }
            descriptor = file
            try lock(file)
            guard let size = try sizeIfCurrent(file) else {
                Foundation.close(file)  // gives the lock back, too
                descriptor = nil
                continue
            }
            if let maximumSize, size > 0, size + line.count > maximumSize {
                defer {
                    Foundation.close(file)
                    descriptor = nil
                }
                try rotate()
                continue
            }
            defer { flock(file, LOCK_UN) }
            try write(line, to: file, at: size)
            return
        }
    }

    private func opened() throws(FileError) -> Int32 {
        let file = Foundation.open(path, O_RDWR | O_APPEND | O_CREAT | O_CLOEXEC | O_NONBLOCK, 0o600)
        guard file >= 0 else { throw .last("open", path) }
        var status = stat()
        guard fstat(file, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
            Foundation.close(file)
            throw FileError(operation: "open", path: path, code: 0, hint: "it is no regular file; name another one")
        }
        return file
    }

    private func lock(_ file: Int32) throws(FileError) {
        while flock(file, LOCK_EX) != 0 {
            guard errno == EINTR else { throw .last("lock", path) }
        }
    }

    /// - Returns: The size in bytes; nil if the path names another file by now, or none.
    private func sizeIfCurrent(_ file: Int32) throws(FileError) -> Int? {
        var mine = stat()
        var named = stat()
        guard fstat(file, &mine) == 0 else { throw .last("read the size of", path) }
        guard stat(path, &named) == 0 else {
            guard errno == ENOENT else { throw .last("find", path) }
            return nil
        }
        return mine.st_ino == named.st_ino && mine.st_dev == named.st_dev ? Int(mine.st_size) : nil
    }

    /// Moves `path.1` to `path.2` and so on, the file itself last: nobody can open the next file before all are moved.
    private func rotate() throws(FileError) {
        guard keep > 0 else {
            guard unlink(path) == 0 else { throw .last("remove", path) }
            return
        }
        for number in stride(from: keep - 1, through: 1, by: -1) where rename("\(path).\(number)", "\(path).\(number + 1)") != 0 {
            guard errno == ENOENT else { throw .last("rename", "\(path).\(number)") }
        }
        guard rename(path, "\(path).1") == 0 else { throw .last("rename", path) }
    }

    private func write(_ line: [UInt8], to file: Int32, at size: Int) throws(FileError) {
        var last = UInt8(ascii: "\n")
        let isTorn = size > 0 && pread(file, &last, 1, off_t(size - 1)) == 1 && last != UInt8(ascii: "\n")
        let bytes = isTorn ? [UInt8(ascii: "\n")] + line : line
        let failure: Int32? = bytes.withUnsafeBytes { bytes in
            var rest = bytes[...]
            while !rest.isEmpty {
                let count = Foundation.write(file, UnsafeRawBufferPointer(rebasing: rest).baseAddress, rest.count)
                if count > 0 {
                    rest = rest.dropFirst(count)
                } else if errno != EINTR {
                    return errno
                }
            }
            return nil
        }
        if let failure {
            // If cutting fails as well, the next writer ends the torn line.
            let isCut = ftruncate(file, off_t(size)) == 0
            throw FileError(operation: "append to", path: path, code: failure, hint: isCut ? nil : "it ends with a torn line")
        }
        if isSynced, fdatasync(file) != 0 { throw .last("sync", path) }
    }
}
