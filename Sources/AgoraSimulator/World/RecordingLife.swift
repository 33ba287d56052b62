/// What only recordings have.
struct RecordingLife: Sendable {
    /// The service moves a recording to another server this often; at the next fault it ends.
    static let mostFailovers = 3

    /// What one server wrote.
    struct Generation: Sendable {
        /// Nil for the first, then 0, 1, 2: the number in `bak<n>_`.
        let backup: Int?
        /// When its first slice begins, Unix milliseconds.
        let slicesFrom: Int64
    }

    let resourceID: String
    let mode: String
    /// Calls after it are refused, Unix milliseconds.
    let callsUntil: Int64
    /// Of the recorder in the channel: the start's, then a random one after each failover.
    var currentUID: String
    var failovers = 0
    var isStopping = false
    var generations: [Generation]
    /// Of the next notification.
    var sequence: Int64 = 0
    /// A web page recording that pauses.
    var isOnHold = false

    init(resourceID: String, mode: String, uid: String, callsUntil: Int64, slicesFrom: Int64) {
        self.resourceID = resourceID
        self.mode = mode
        self.callsUntil = callsUntil
        currentUID = uid
        generations = [Generation(backup: nil, slicesFrom: slicesFrom)]
    }
}
