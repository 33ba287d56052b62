import Synchronization

/// The state database of a directory, opened by the first use: for parts that are made before it is known whether they will need it.
package final class LazyState: Sendable {
    private let directory: String
    private let opened = Mutex<StateDatabase?>(nil)

    package init(directory: String) { self.directory = directory }

    /// The same one each time; a failed opening is tried again by the next use. Blocks for some file calls.
    package func database() throws(StateDatabaseError) -> StateDatabase {
        let result = opened.withLock { opened -> Result<StateDatabase, StateDatabaseError> in
            if let opened { return .success(opened) }
            do throws(StateDatabaseError) {
                let database = try StateDatabase.open(directory: directory)
                opened = database
                return .success(database)
            } catch {
                return .failure(error)
            }
        }
        return try result.get()
    }
}
