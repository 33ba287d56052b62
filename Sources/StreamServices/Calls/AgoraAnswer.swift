package import HTTPTransport
import MediaEvents

/// An answer of a REST API, with what it means for the call that it answers.
/// - SeeAlso: Agora, Media Push and Media Pull, best practices, troubleshooting by error code; Cloud Recording, error codes.
package struct AgoraAnswer: Sendable {
    package enum Meaning: String, Sendable, Equatable {
        case success
        /// Cloud Recording, 201 with code 7: it runs already.
        case alreadyStarted
        /// Cloud Recording, 206 with code 65, and 200 without what was asked for: the same call again, after a wait.
        case notCompleted
        /// Cloud Recording, 206 with code 435: nobody sent anything, so that there are no files.
        case nothingRecorded
        /// 400, 401, 403 and what is like them: no repeat can help.
        case refused
        /// Cloud Recording, 404 of the gateway: says nothing about a task, the path is wrong.
        case noRoute
        /// 404: not started, on the move to another server, or gone.
        case missing
        /// 409: another task has the name.
        case conflict
        /// 429: the rate or a quota is used up. Never a sign of a task's health.
        case throttled
        /// 5xx but 504.
        case failed
        /// 504: it may have been done.
        case unknown
    }

    /// What any answer of any product may say.
    private struct Words: VendorObject {
        var code: Int64?
        var reason: String?
        var message: String?
        var resourceId: String?
        var sid: String?

        enum CodingKeys: String, CodingKey { case code, reason, message, resourceId, sid }

        init(_ fields: Fields<CodingKeys>) {
            code = fields.long(.code)
            reason = fields.text(.reason)
            message = fields.text(.message)
            resourceId = fields.text(.resourceId)
            sid = fields.text(.sid)
        }
    }

    package let status: Int
    package let meaning: Meaning
    /// Cloud Recording's own code.
    package let code: Int64?
    /// The service's words, under whichever name; empty if it has none. Keys in addresses that it repeats are hidden.
    package let reason: String
    /// 429 because the project may not have more tasks, not because calls came too fast.
    package var isQuota: Bool { meaning == .throttled && reason.lowercased().contains("quota") }
    /// For questions to Agora's support.
    package let requestID: String?
    package let customRequestID: String?
    /// The task that the answer is about; on a conflict the one that has the name.
    package let resourceID: String?
    package let body: [UInt8]

    package init(_ response: HTTPResponse, to call: AgoraCall) {
        let words: Words?
        do throws(UndecodableBody) { words = try VendorReply.read(response.body) } catch { words = nil }  // proxies answer anything
        status = response.status
        body = response.body
        code = words?.code
        reason = StreamToken.masked(
            in: StreamAddress.masked(in: words?.reason ?? words?.message ?? "", schemes: ["rtmp", "rtmps", "http", "https"]))
        requestID = response.headers["X-Request-ID"]
        customRequestID = response.headers["X-Custom-Request-ID"]
        resourceID = response.headers["X-Resource-ID"].flatMap { $0.isEmpty || $0 == "null" ? nil : $0 }
        meaning =
            call.service == .cloudRecording
            ? Self.ofRecording(response.status, words, call.operation) : Self.ofStream(response.status)
    }

    private static func ofStream(_ status: Int) -> Meaning {
        switch status {
        case 200..<300: .success
        case 404: .missing
        case 409: .conflict
        case 429: .throttled
        case 504: .unknown
        case 500...: .failed
        default: .refused
        }
    }

    private static func ofRecording(_ status: Int, _ words: Words?, _ operation: String) -> Meaning {
        switch (status, words?.code) {
        case (200, _):
            // It says 200 to much: what was asked for has to be there.
            (operation == "acquire" ? words?.resourceId : words?.sid) == nil ? .notCompleted : .success
        case (201, 7): .alreadyStarted
        case (206, 435): .nothingRecorded
        case (200..<300, _): .notCompleted
        case (404, nil): words?.reason == nil && words?.message?.contains("no Route") == true ? .noRoute : .missing
        default: ofStream(status)
        }
    }
}
