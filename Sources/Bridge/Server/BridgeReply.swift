import Foundation
import HTTPTypes
import Hummingbird

/// An answer to a sender: a status and a JSON object. VOD and Agora look at the status alone.
struct BridgeReply: Sendable {
    var status: HTTPResponse.Status
    var body: [String: String]
    /// Seconds after which to come again.
    var retryAfter: Int?
    /// Part of the request was left unread: nothing more can be read from this connection.
    var closes = false

    static func taken(_ outcome: NoticeIntake.Outcome) -> BridgeReply {
        guard outcome == .unavailable else { return BridgeReply(status: .ok, body: ["status": outcome.rawValue]) }
        return BridgeReply(status: .serviceUnavailable, body: ["error": "the notice can be kept nowhere; send it again"], retryAfter: 5)
    }

    static func refused(_ reason: String) -> BridgeReply { BridgeReply(status: .unauthorized, body: ["error": reason]) }

    var response: Response {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        let bytes = (try? encoder.encode(body)) ?? Data("{}".utf8)  // text alone cannot fail
        var headers = HTTPFields()
        headers[.contentType] = "application/json"
        if let retryAfter { headers[.retryAfter] = "\(retryAfter)" }
        if closes { headers[.connection] = "close" }
        return Response(status: status, headers: headers, body: ResponseBody(byteBuffer: ByteBuffer(bytes: bytes)))
    }
}
