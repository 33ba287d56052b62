import Foundation
import HTTPTransport
import Logging
import MediaEvents
import Settings
import StreamServices
import WorkerStore

/// Agora's services as configured, for one command.
struct AgoraServices {
    let appID: String
    let client: AgoraClient
    let clock: any StreamClock
    let database: StateDatabase
    let worker: WorkerSection
    private let section: AgoraSection
    private let http: HTTPTransport
    private let logger: Logger
    /// Nil if nothing in `[agora.token]` makes tokens.
    let tokens: (any TokenProvider)?

    var lists: TaskLists { TaskLists(client, appID: appID) }

    init(_ configuration: WorkerConfiguration) throws(CommandFailure) {
        let section = configuration.agora
        guard let appID = section.appID, let key = section.customerKey, let secret = section.customerSecret else {
            let missing = [
                (section.appID == nil, "app_id"), (section.customerKey == nil, "customer_key"),
                (section.customerSecret == nil, "customer_secret"),
            ].filter(\.0).map { "\($0.1) (AGORA_\($0.1.uppercased()))" }
            throw CommandFailure(
                CommandFailure.Code.configuration,
                "[agora] lacks \(missing.joined(separator: ", ")); Agora's console has the App ID, and under RESTful API the customer's key and secret."
            )
        }
        self.appID = appID
        self.section = section
        worker = configuration.worker
        clock = try section.clock()
        logger = Logger.worker(configuration.worker)
        database = try WorkerAssembly.openState(configuration)
        tokens = TokenSource.provider(section, appID: appID, clock: clock)
        var transport = HTTPTransportConfiguration()
        transport.caFile = section.caFile
        http = HTTPTransport(name: "agora", configuration: transport)
        client = AgoraClient(
            http: http, account: .init(key: key, secret: secret), directory: HostDirectory(section), rates: SQLiteRates(database),
            clock: clock, logger: logger)
    }

    /// What carries out the wishes.
    var hands: StreamHands {
        let addresses: any StreamAddressCheck =
            section.checksAddresses ? NetworkAddressCheck(http: http, caFile: section.caFile) : UncheckedAddresses()
        return StreamHands(client, appID: appID, store: tasks, tokens: tokens, addresses: addresses, clock: clock)
    }

    var tasks: SQLiteTasks { SQLiteTasks(database, logger: logger) }

    /// What `agora doctor` asks.
    var visit: DoctorVisit {
        DoctorVisit(
            appID: appID, section: section, client: client, probe: HostProbe(http: http, section: section, clock: clock), tokens: tokens,
            facts: SQLiteStreamFacts(database),
            wishes: { [tasks] in
                (
                    try await tasks.all(TaskRecord.self).filter { $0.stopped == nil && $0.due != nil }.map(\.record.wish),
                    try await tasks.all(RecordingRecord.self).filter { $0.stopped == nil && $0.due != nil }.map(\.record.wish)
                )
            },
            rates: SQLiteRates(database).states, clock: clock)
    }

    private struct UncheckedAddresses: StreamAddressCheck {
        func trouble(with address: String) async -> String? { nil }
    }

    /// The end of a command for what a call threw.
    static func orFailure<Value>(_ body: () async throws -> Value) async throws -> Value {
        do {
            return try await body()
        } catch let error as AgoraError {
            let code =
                switch (error.kind, error.answer?.status) {
                case (.unreachable, _): CommandFailure.Code.unavailable
                case (_, 401), (_, 403): CommandFailure.Code.noPermission
                default: CommandFailure.Code.refused
                }
            throw CommandFailure(code, error.description)
        } catch let error as InvalidCall {
            throw CommandFailure(CommandFailure.Code.usage, error.description)
        } catch let error as UndecodableBody {
            throw CommandFailure(CommandFailure.Code.refused, "Agora's answer cannot be used: \(error.reason)")
        }
    }
}
