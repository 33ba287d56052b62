import Settings
import StreamServices
import WorkerStore

/// The project whose tasks a state directory keeps.
enum AgoraProject {
    /// - Throws: When the directory keeps tasks of another project: its calls would not find them, and would make them once more.
    static func bind(_ tasks: SQLiteTasks, to appID: String, _ worker: WorkerSection) async throws {
        let other: String?
        do { other = try await tasks.bind(to: appID) } catch let error as StateDatabaseError {
            throw CommandFailure(CommandFailure.Code.cannotCreate, error.description)
        }
        guard let other else { return }
        throw CommandFailure(
            CommandFailure.Code.configuration,
            """
            The state directory \(worker.stateDirectory) keeps wanted tasks of the App ID \(other), and [agora] app_id (AGORA_APP_ID) is \
            \(appID); give each project a `state_dir` of its own in [worker], or delete what is wanted for the other one first.
            """)
    }
}
