import Foundation

/// The calls of Media Push, each checked by the documented rules before it is made.
/// - SeeAlso: Agora, Media Push, RESTful API.
package struct MediaPushCalls: Sendable {
    /// What a converter gets that says nothing else, in seconds.
    package static let idleTimeout = 300

    private let appID: String

    package init(appID: String) { self.appID = appID }

    private struct Body: Encodable {
        var converter: ConverterSpec
        var fields: String?
    }

    /// - Parameter originAddress: The IPv4 address of the CDN's origin, where known.
    package func create(_ converter: ConverterSpec, in region: TaskRegion, originAddress: String? = nil) throws(InvalidCall) -> AgoraCall {
        var rules = CallRules("converter.")
        rules.newConverter(converter)
        try rules.finish("Media Push Create")
        var converter = converter
        converter.idleTimeout = converter.idleTimeout ?? Self.idleTimeout
        return AgoraCall(
            service: .mediaPush, operation: "Create", method: "POST", path: path(region),
            query: originAddress.map { [("regionHintIp", $0)] } ?? [], body: RequestJSON.bytes(Body(converter: converter)),
            repeating: .looksFirst, rates: [.mediaPushCreate])
    }

    package func delete(_ id: String, in region: TaskRegion) throws(InvalidCall) -> AgoraCall {
        try one(id, region, "Delete", "DELETE", .harmless, [.mediaPushDelete])
    }

    package func get(_ id: String, in region: TaskRegion) throws(InvalidCall) -> AgoraCall {
        try one(id, region, "Get", "GET", .harmless, [.mediaPushGet])
    }

    /// - Parameters:
    ///   - fields: What changes, as the vendor's mask says it: `rtmpUrl,transcodeOptions.videoOptions.layout`.
    ///   - sequence: Greater than that of every update before: the service keeps what came with the highest.
    package func update(
        _ id: String, in region: TaskRegion, to converter: ConverterSpec, fields: String, sequence: Int
    ) throws(InvalidCall) -> AgoraCall {
        var rules = CallRules("converter.")
        rules.converterUpdate(converter)
        rules.require(!fields.isEmpty, "fields", "has to name what changes")
        rules.require(sequence >= 0, "sequence", "must not be negative")
        try rules.finish("Media Push Update")
        var call = try one(id, region, "Update", "PATCH", .harmless, [.mediaPushUpdate(id)])
        call.query = [("sequence", "\(sequence)")]
        call.body = RequestJSON.bytes(Body(converter: converter, fields: fields))
        return call
    }

    /// One page of the project's converters, or of those of one channel.
    /// - Parameter cursor: Of the page before; nil for the first.
    package func list(channel: String? = nil, cursor: String? = nil) -> AgoraCall {
        let project = "/v1/projects/\(PercentText.encoded(appID))"
        let place = channel.map { "\(project)/channels/\(PercentText.encoded($0))/rtmp-converters" } ?? "\(project)/rtmp-converters"
        return AgoraCall(
            service: .mediaPush, operation: "List", method: "GET", path: place, query: cursor.map { [("cursor", $0)] } ?? [],
            repeating: .harmless, rates: [.mediaPushList])
    }

    private func path(_ region: TaskRegion) -> String {
        "/\(region.rawValue)/v1/projects/\(PercentText.encoded(appID))/rtmp-converters"
    }

    private func one(
        _ id: String, _ region: TaskRegion, _ operation: String, _ method: String, _ repeating: AgoraCall.Repeating, _ rates: [RateLimit]
    ) throws(InvalidCall) -> AgoraCall {
        var rules = CallRules()
        rules.id(id, "id")
        try rules.finish("Media Push \(operation)")
        return AgoraCall(
            service: .mediaPush, operation: operation, method: method, path: path(region) + "/" + PercentText.encoded(id),
            repeating: repeating, rates: rates)
    }
}
