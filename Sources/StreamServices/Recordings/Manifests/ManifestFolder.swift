import Foundation

/// The folder that manifests and playlists are written to. Whoever reads there sees a file whole, old or new, also after a power cut.
struct ManifestFolder: Sendable {
    let path: String
    private let files = BlockingWork()

    init(_ path: String) { self.path = path }

    /// Writes one file for this user only; one that says the same already is left alone.
    func write(_ name: String, _ bytes: [UInt8]) async throws(ManifestError) {
        let folder = path
        try await files.run { () throws(ManifestError) in
            let target = "\(folder)/\(name)"
            if FileManager.default.contents(atPath: target).map({ Array($0) }) == bytes { return }
            do {
                try FileManager.default.createDirectory(
                    atPath: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
            } catch {
                throw ManifestError(path: folder, reason: "cannot make the folder: \(error.localizedDescription)")
            }
            let temporary = "\(folder)/.\(UUID().uuidString).tmp"
            do throws(ManifestError) {
                try Self.fill(temporary, bytes)
                guard rename(temporary, target) == 0 else { throw .last("cannot put it in its place", target) }
                try Self.sync(folder)
            } catch {
                unlink(temporary)
                throw error
            }
        }
    }

    /// Names of what is there; none if the folder cannot be read.
    func names() async -> [String] {
        let folder = path
        return await files.run { () throws(Never) in (try? FileManager.default.contentsOfDirectory(atPath: folder))?.sorted() ?? [] }
    }

    /// Nil if it cannot be read.
    func contents(of name: String) async -> [UInt8]? {
        let file = "\(path)/\(name)"
        return await files.run { () throws(Never) in FileManager.default.contents(atPath: file).map { Array($0) } }
    }

    private static func fill(_ path: String, _ bytes: [UInt8]) throws(ManifestError) {
        let file = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard file >= 0 else { throw .last("cannot make it", path) }
        defer { close(file) }
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { Foundation.write(file, $0.baseAddress, $0.count) }
            if count > 0 { rest = rest.dropFirst(count) } else if errno != EINTR { throw .last("cannot write to it", path) }
        }
        guard fsync(file) == 0 else { throw .last("cannot bring it to the disk", path) }
    }

    /// So that the new name is on the disk, too.
    private static func sync(_ folder: String) throws(ManifestError) {
        let directory = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard directory >= 0 else { throw .last("cannot open the folder", folder) }
        defer { close(directory) }
        guard fsync(directory) == 0 else { throw .last("cannot bring the folder to the disk", folder) }
    }
}

/// A manifest that could not be written: which file, and why.
package struct ManifestError: Error, Sendable, CustomStringConvertible {
    package let path: String
    package let reason: String

    /// Takes `errno` as the failed call left it.
    static func last(_ what: String, _ path: String) -> ManifestError {
        ManifestError(path: path, reason: "\(what): \(String(cString: strerror(errno)))")
    }

    package var description: String { "\(path): \(reason); see [agora.recordings] manifests" }
}
