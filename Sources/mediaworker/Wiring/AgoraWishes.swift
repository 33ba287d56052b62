import Settings
import StreamServices
import WorkerStore

/// The wishes in the state directory, for commands; nothing is asked of Agora.
struct AgoraWishes {
    let tasks: SQLiteTasks
    private let registry: WishRegistry

    init(_ options: ConfigurationOption) async throws {
        let configuration = try options.load()
        let section = configuration.agora
        guard let appID = section.appID else {
            throw CommandFailure(CommandFailure.Code.configuration, "[agora] lacks app_id (AGORA_APP_ID), which Agora's console shows.")
        }
        tasks = SQLiteTasks(try WorkerAssembly.openState(configuration))
        try await AgoraProject.bind(tasks, to: appID, configuration.worker)
        registry = WishRegistry(appID: appID, section: section, tasks: tasks, clock: try section.clock())
    }

    func register(_ wish: StreamWish) async throws {
        let names = try await Self.orFailure { try await registry.register(wish) }
        for name in names { StandardOutput.line("wanted \(name)") }
    }

    func register(_ wish: RecordingWish) async throws {
        try await Self.orFailure { try await registry.register(wish) }
        StandardOutput.line("wanted \(wish.name)")
    }

    /// The one wish of a file.
    static func read(_ file: String) throws -> Wish {
        let wishes: [Wish]
        do { wishes = try WishReader.wishes(try InputFile.read(file)) } catch let error as WishReader.Unreadable {
            throw CommandFailure(CommandFailure.Code.usage, "\(file): \(error)")
        }
        guard wishes.count == 1 else {
            throw CommandFailure(CommandFailure.Code.usage, "\(file) must hold one wish, not \(wishes.count).")
        }
        return wishes[0]
    }

    func end(_ name: String, _ service: StreamService) async throws {
        let names = try await Self.orFailure { try await registry.end(name, service) }
        guard !names.isEmpty else {
            throw CommandFailure(CommandFailure.Code.refused, "no \(service.name) task \(name) is wanted; see `mediaworker agora tasks`.")
        }
        for name in names { StandardOutput.line("not wanted any more: \(name); a running worker deletes it") }
    }

    private static func orFailure<Value>(_ body: () async throws -> Value) async throws -> Value {
        do {
            return try await body()
        } catch let error as InvalidCall {
            throw CommandFailure(CommandFailure.Code.usage, error.description)
        } catch let error as WishRegistry.Refusal {
            throw CommandFailure(CommandFailure.Code.refused, error.description)
        } catch let error as TokenNeed {
            throw CommandFailure(CommandFailure.Code.configuration, error.description)
        } catch let error as StateDatabaseError {
            throw CommandFailure(CommandFailure.Code.cannotCreate, error.description)
        }
    }
}
