import Foundation
import GRDB

/// The SQLite database in the state directory, shared by all processes of a host: dead letters and the record of bad ends.
///
/// Write-ahead log, `synchronous=FULL` (what is committed survives a power cut), busy timeout 10 s. Reads and writes are run by
/// queues of their own and **do not look at task cancellation**: once asked for, an operation is carried out, and its caller
/// waits for the result. So a cancelled handler or a drain can neither lose a dead letter nor believe in one that was not kept.
package final class StateDatabase: Sendable {
    package static let fileName = "mediaworker.sqlite"

    /// The database file.
    package let path: String
    private let pool: DatabasePool

    private init(path: String, pool: DatabasePool) {
        self.path = path
        self.pool = pool
    }

    /// Opens the database of a state directory; makes both where they are missing (directory 0700, file 0600) and brings an older
    /// schema up to date. Safe when many processes do this at the same moment. Blocks for some file calls, 10 s at the worst:
    /// call it at start.
    package static func open(directory: String) throws(StateDatabaseError) -> StateDatabase {
        let directory = StateDirectory(path: directory)
        try directory.prepare()
        // Neither switching to the write-ahead log nor GRDB's migrator is safe against another process doing the same.
        let lock = FileLock(path: directory.databasePath + ".lock", limit: .seconds(10))
        return try lock.whileHeld { () throws(StateDatabaseError) in try opened(directory) }
    }

    /// Opens the database of a state directory if there is one; makes nothing. For commands that only look.
    /// - Returns: nil if the directory or the file does not exist.
    package static func openExisting(directory: String) throws(StateDatabaseError) -> StateDatabase? {
        guard FileManager.default.fileExists(atPath: StateDirectory(path: directory).databasePath) else { return nil }
        return try open(directory: directory)
    }

    private static func opened(_ directory: StateDirectory) throws(StateDatabaseError) -> StateDatabase {
        let path = directory.databasePath
        try directory.makeFile()
        do {
            var configuration = Configuration()
            configuration.busyMode = .timeout(10)
            configuration.maximumReaderCount = 2
            configuration.label = "mediaworker.state"
            let pool = try DatabasePool(path: path, configuration: configuration)
            // After the pool's own set-up, which sets NORMAL: a power cut could then undo a commit whose message is deleted already.
            try pool.writeWithoutTransaction { try $0.execute(sql: "PRAGMA synchronous = FULL") }
            let migrator = StateSchema.migrator
            let unknown = try pool.read { try migrator.appliedIdentifiers($0) }.subtracting(migrator.migrations).sorted()
            guard unknown.isEmpty else {
                let reason = "it has the schema changes \(unknown.joined(separator: ", ")), which this version does not know"
                throw StateDatabaseError(.newerSchema, path: path, reason: reason)
            }
            try migrator.migrate(pool)
            return StateDatabase(path: path, pool: pool)
        } catch {
            throw StateDatabaseError(any: error, path: path)
        }
    }

    /// Closes all connections. The database cannot be used afterwards.
    package func close() throws(StateDatabaseError) {
        do { try pool.close() } catch { throw StateDatabaseError(any: error, path: path) }
    }

    /// Reads one consistent state.
    func read<Value: Sendable>(_ body: @escaping @Sendable (Database) throws -> Value) async throws(StateDatabaseError) -> Value {
        do {
            return try await withCheckedThrowingContinuation { continuation in
                pool.asyncRead { connection in
                    continuation.resume(with: Result { try body(connection.get()) })
                }
            }
        } catch {
            throw StateDatabaseError(any: error, path: path)
        }
    }

    /// Changes the database in one immediate transaction; returns when it is committed and on the disk.
    func write<Value: Sendable>(_ body: @escaping @Sendable (Database) throws -> Value) async throws(StateDatabaseError) -> Value {
        do {
            return try await withCheckedThrowingContinuation { continuation in
                pool.asyncWrite(body) { _, result in continuation.resume(with: result) }
            }
        } catch {
            throw StateDatabaseError(any: error, path: path)
        }
    }

    /// The same for a body that may refuse: what it throws itself comes out as it is, and nothing is kept.
    func writeUnlessRefused<Value: Sendable>(_ body: @escaping @Sendable (Database) throws -> Value) async throws -> Value {
        do {
            return try await withCheckedThrowingContinuation { continuation in
                pool.asyncWrite(body) { _, result in continuation.resume(with: result) }
            }
        } catch let error as DatabaseError {
            throw StateDatabaseError(any: error, path: path)
        }
    }
}

extension StateDatabaseError {
    /// Every error that a use of the database can end with.
    fileprivate init(any error: any Error, path: String) {
        switch error {
        case let error as StateDatabaseError: self = error
        case let error as DatabaseError: self.init(error, path: path)
        case let error as UnreadableColumn: self.init(.corrupt, path: path, reason: error.description)
        default: self.init(.failed, path: path, reason: "\(error)")
        }
    }
}
