import Foundation

/// Index files in a folder: a mounted bucket, or a copy of one. Folders of the recording's own (`fileNamePrefix`) stand below it.
package struct FolderIndexSource: IndexSource {
    /// Names that one folder may have; of more, the first are taken in no order.
    private static let mostNames = 1_000_000

    private let path: String
    private let files = BlockingWork()

    package init(_ path: String) { self.path = path }

    package func names(in folders: Set<String>) async throws(IndexSourceError) -> [String]? {
        let path = path
        return try await files.run { () throws(IndexSourceError) in
            var names: [String] = []
            for folder in folders.sorted() where folder.isEmpty || ObjectName.isSafe(String(folder.dropLast())) {
                guard let directory = opendir("\(path)/\(folder)") else {
                    // The folder of a name that was given without its folders, or not yet there.
                    if errno == ENOENT || errno == ENOTDIR, !folder.isEmpty { continue }
                    throw .unreachable("cannot list \(path)/\(folder): \(String(cString: strerror(errno)))")
                }
                defer { closedir(directory) }
                while names.count < Self.mostNames, let entry = readdir(directory) {
                    let name = withUnsafePointer(to: &entry.pointee.d_name) {
                        $0.withMemoryRebound(to: CChar.self, capacity: MemoryLayout.size(ofValue: $0.pointee)) {
                            String(validatingCString: $0)
                        }
                    }
                    if let name, ObjectName.isSafe(name) { names.append(folder + name) }
                }
            }
            return names
        }
    }

    package func read(_ name: String) async throws(IndexSourceError) -> [UInt8] {
        let file = try place(of: name)
        return try await files.run { () throws(IndexSourceError) in
            let descriptor = open(file, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
            guard descriptor >= 0 else { throw Self.failure() }
            defer { close(descriptor) }
            var status = stat()
            guard fstat(descriptor, &status) == 0 else { throw Self.failure() }
            guard status.st_mode & S_IFMT == S_IFREG else { throw .refused("is no regular file") }
            guard status.st_size <= RecordingIndex.maximumSize else {
                throw .refused("has \(status.st_size) bytes, too many for an index file")
            }
            var bytes: [UInt8] = []
            var chunk = [UInt8](repeating: 0, count: 1 << 16)
            while bytes.count <= RecordingIndex.maximumSize {
                let count = chunk.withUnsafeMutableBytes { Foundation.read(descriptor, $0.baseAddress, $0.count) }
                if count > 0 { bytes += chunk[..<count] }
                if count == 0 { break }
                if count < 0, errno != EINTR { throw Self.failure() }
            }
            return bytes
        }
    }

    package func holds(_ name: String) async throws(IndexSourceError) -> Bool {
        let file = try place(of: name)
        return try await files.run { () throws(IndexSourceError) in
            var status = stat()
            if stat(file, &status) == 0 { return status.st_mode & S_IFMT == S_IFREG }
            let error = Self.failure()
            guard error == .missing else { throw error }
            return false
        }
    }

    private func place(of name: String) throws(IndexSourceError) -> String {
        guard ObjectName.isSafe(name) else { throw .refused("has a name that leads out of the folder") }
        return "\(path)/\(name)"
    }

    /// By `errno` as the failed call left it.
    private static func failure() -> IndexSourceError {
        switch errno {
        case ENOENT, ENOTDIR, ENAMETOOLONG: .missing
        case let code: .refused("cannot be read: \(String(cString: strerror(code)))")
        }
    }
}
