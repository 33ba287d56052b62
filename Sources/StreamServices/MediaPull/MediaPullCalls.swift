/// The calls of Media Pull, each checked by the documented rules before it is made.
/// - SeeAlso: Agora, Media Pull, RESTful API.
package struct MediaPullCalls: Sendable {
    /// What a player gets that says nothing else, in seconds.
    package static let idleTimeout = 300

    private let appID: String

    package init(appID: String) { self.appID = appID }

    private struct Body<Player: Encodable>: Encodable {
        let player: Player
    }

    /// - Parameters:
    ///   - sourceAddress: The IPv4 address of the source, where known.
    ///   - now: Unix seconds.
    package func create(
        _ player: PlayerSpec, in region: TaskRegion, sourceAddress: String? = nil, now: Int64
    ) throws(InvalidCall) -> AgoraCall {
        var rules = CallRules("player.")
        rules.newPlayer(player, now: now)
        try rules.finish("Media Pull Create")
        var player = player
        player.idleTimeout = player.idleTimeout ?? Self.idleTimeout
        return AgoraCall(
            service: .mediaPull, operation: "Create", method: "POST", path: path(region),
            query: sourceAddress.map { [("streamIp", $0)] } ?? [], body: RequestJSON.bytes(Body(player: player)),
            repeating: .looksFirst, rates: [player.name == nil ? .mediaPullCreate : .mediaPullCreateNamed])
    }

    package func delete(_ id: String, in region: TaskRegion) throws(InvalidCall) -> AgoraCall {
        try one(id, region, "Delete", "DELETE", [.mediaPullDelete])
    }

    /// - Parameter sequence: Greater than that of every update before.
    package func update(_ id: String, in region: TaskRegion, to change: PlayerChange, sequence: Int) throws(InvalidCall) -> AgoraCall {
        var rules = CallRules("player.")
        rules.playerChange(change)
        rules.require(sequence >= 0, "sequence", "must not be negative")
        try rules.finish("Media Pull Update")
        var call = try one(id, region, "Update", "PATCH", [.mediaPullUpdate(id)])
        call.query = [("sequence", "\(sequence)")]
        call.body = RequestJSON.bytes(Body(player: change))
        return call
    }

    /// One page of the project's players, or of those of one channel.
    /// - Parameters:
    ///   - pageSize: 1...500.
    ///   - pageToken: Of the page before; nil for the first.
    package func list(channel: String? = nil, pageSize: Int = 500, pageToken: String? = nil) throws(InvalidCall) -> AgoraCall {
        var rules = CallRules()
        rules.range(pageSize, 1...500, "pageSize")
        try rules.finish("Media Pull List")
        var query = channel.map { [(name: "filter", value: "channelName eq \($0)")] } ?? []
        query.append(("pageSize", "\(pageSize)"))
        if let pageToken { query.append(("pageToken", pageToken)) }
        return AgoraCall(
            service: .mediaPull, operation: "List", method: "GET", path: "/v1/projects/\(PercentText.encoded(appID))/cloud-player/players",
            query: query, repeating: .harmless, rates: [channel == nil ? .mediaPullList : .mediaPullListFiltered])
    }

    private func path(_ region: TaskRegion) -> String {
        "/\(region.rawValue)/v1/projects/\(PercentText.encoded(appID))/cloud-player/players"
    }

    private func one(
        _ id: String, _ region: TaskRegion, _ operation: String, _ method: String, _ rates: [RateLimit]
    ) throws(InvalidCall) -> AgoraCall {
        var rules = CallRules()
        rules.id(id, "id")
        try rules.finish("Media Pull \(operation)")
        return AgoraCall(
            service: .mediaPull, operation: operation, method: method, path: path(region) + "/" + PercentText.encoded(id),
            repeating: .harmless, rates: rates)
    }
}
