/// A converter, a player or a recording: what it is, where it is in its life, and what it has been through.
///
/// Times are Unix milliseconds of simulated time.
struct SimulatedTask: Sendable {
    enum Maker: String, Sendable, Encodable {
        case caller
        /// Somebody else: callers must not touch it.
        case script
    }

    enum Presence: Sendable, Equatable {
        case here
        /// On its way to another server: calls do not find it.
        case moving
        case gone
    }

    struct Stretch: Sendable, Encodable {
        let from: Int64
        var to: Int64?
    }

    struct End: Sendable, Encodable {
        let at: Int64
        let why: String
    }

    /// Of a recording, its sid.
    let id: String
    let service: AgoraService
    /// Empty if none was given. Recordings have none.
    let name: String
    let channel: String
    /// Of a player and a recording: uid or account as text.
    let user: String?
    /// In the path of its calls; recordings have none.
    let region: String
    let maker: Maker
    /// Rising in the order of birth: lists are read by it.
    let serial: Int64
    let born: Int64
    /// The body that made it, as changed since: the members of `converter`, `player` or `clientRequest`.
    var body: JSONValue
    var state: String
    var updated: Int64
    /// The highest `sequence` of an Update that was taken.
    var sequence: Int64?
    /// Counts forced changes: what was planned before one does not happen any more.
    var stage = 0
    /// When it first did what it is for.
    private(set) var ranAt: Int64?
    private(set) var presence = Presence.here
    /// On the move it keeps its name, unless the script says otherwise.
    private(set) var holdsName = true
    private(set) var runs: [Stretch]
    private(set) var end: End?
    var recording: RecordingLife?

    init(
        id: String, service: AgoraService, name: String = "", channel: String, user: String? = nil, region: String = "", maker: Maker,
        serial: Int64, born: Int64, body: JSONValue, state: String
    ) {
        self.id = id
        self.service = service
        self.name = name
        self.channel = channel
        self.user = user
        self.region = region
        self.maker = maker
        self.serial = serial
        self.born = born
        self.body = body
        self.state = state
        updated = born
        runs = [Stretch(from: born)]
    }

    /// What scripts select it by.
    var label: String { service == .cloudRecording || name.isEmpty ? channel : name }
    var isAlive: Bool { presence != .gone }
    /// A fault may befall it: it does its work, and is on no way to anywhere.
    var isSteady: Bool { presence == .here && ranAt != nil && state != TaskState.failed && recording?.isStopping != true }
    /// Where the stream goes to or comes from.
    var address: String? { body[service == .mediaPush ? "rtmpUrl" : "streamUrl"]?.text }

    mutating func began(at now: Int64) { if ranAt == nil { ranAt = now } }

    mutating func left(at now: Int64, holdingName: Bool) {
        presence = .moving
        holdsName = holdingName
        closeStretch(at: now)
        stage += 1
    }

    mutating func cameBack(at now: Int64) {
        presence = .here
        holdsName = true
        runs.append(Stretch(from: now))
    }

    mutating func ended(at now: Int64, why: String) {
        presence = .gone
        closeStretch(at: now)
        stage += 1
        end = End(at: now, why: why)
    }

    private mutating func closeStretch(at now: Int64) {
        if let last = runs.indices.last, runs[last].to == nil { runs[last].to = now }
    }
}

/// The states of converters and players that this world uses.
enum TaskState {
    static let idle = "idle"
    static let connecting = "connecting"
    static let running = "running"
    static let failed = "failed"
    static let success = "success"
    static let stopped = "stopped"
}
