/// A time in which hosts do not do what they should.
struct HostFault: Sendable, Equatable {
    enum Kind: Sendable, Equatable {
        /// Nobody listens.
        case refuse
        /// Connections are taken and nothing is answered.
        case hang
        /// The connection is closed without an answer, after the call was carried out or instead.
        case cut(carriedOut: Bool)
        /// An answer of this status, after the call was carried out or instead.
        case status(Int, carriedOut: Bool)
    }

    let hosts: Glob
    let kind: Kind
    /// Nil for all.
    var service: AgoraService?
    /// Unix milliseconds.
    let from: Int64
    let until: Int64
}
