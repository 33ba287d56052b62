import Foundation
import HTTPTypes

/// An answer to a sender: a status and a JSON object. VOD and Agora look at the status alone.
struct BridgeReply: Sendable {
    let status: HTTPResponse.Status
    let body: [UInt8]
    /// Seconds after which to come again.
    private var retryAfter: Int?
    /// For another method than the resource has.
    private var allow: String?

    init(status: HTTPResponse.Status, _ body: some Encodable) {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        encoder.dateEncodingStrategy = .iso8601
        self.status = status
        self.body = (try? encoder.encode(body)).map(Array.init) ?? Array("{}".utf8)  // texts, numbers and times cannot fail
    }

    static func taken(_ outcome: NoticeIntake.Outcome) -> BridgeReply {
        outcome == .unavailable
            ? .busy("the notice can be kept nowhere; send it again") : BridgeReply(status: .ok, ["status": outcome.rawValue])
    }

    static func busy(_ reason: String) -> BridgeReply {
        var reply = error(.serviceUnavailable, reason)
        reply.retryAfter = 5
        return reply
    }

    static func wrongMethod(allow: String) -> BridgeReply {
        var reply = error(.methodNotAllowed, "the method here is \(allow)")
        reply.allow = allow
        return reply
    }

    static func error(_ status: HTTPResponse.Status, _ reason: String) -> BridgeReply { BridgeReply(status: status, ["error": reason]) }

    func head(date: String, closing: Bool) -> HTTPResponse {
        var fields: HTTPFields = [
            .contentType: "application/json", .contentLength: "\(body.count)", .server: "mediaworker", .date: date,
        ]
        if let retryAfter { fields[.retryAfter] = "\(retryAfter)" }
        if let allow { fields[.allow] = allow }
        if closing { fields[.connection] = "close" }
        return HTTPResponse(status: status, headerFields: fields)
    }
}
