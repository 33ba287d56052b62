import Foundation

/// A request to Agora's hosts as the endpoints see it.
package struct APICall: Sendable {
    let method: String
    /// Between the slashes, decoded. Empty for a path that cannot be decoded: no route has it.
    let path: [String]
    let query: [String: String]
    let authorization: String?
    /// `X-Request-ID`, if the caller chose one.
    let requestID: String?
    let contentType: String?
    let body: [UInt8]

    /// - Parameter target: Path and query as they came.
    package init(
        method: String, target: String, authorization: String? = nil, requestID: String? = nil,
        contentType: String? = nil, body: [UInt8] = []
    ) {
        self.method = method
        let parts = target.split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
        let segments = parts[0].split(separator: "/").map { String($0).removingPercentEncoding }
        path = segments.contains(nil) ? [] : segments.compactMap { $0 }
        let pairs = (parts.count > 1 ? parts[1] : "").split(separator: "&").map { pair in
            let sides = pair.split(separator: "=", maxSplits: 1).map { String($0).removingPercentEncoding ?? String($0) }
            return (sides.first ?? "", sides.count > 1 ? sides[1] : "")
        }
        query = Dictionary(pairs) { first, _ in first }
        self.authorization = authorization
        self.requestID = requestID
        self.contentType = contentType
        self.body = body
    }

    /// Whether the body is said to be JSON, with any parameters.
    var saysJSON: Bool {
        contentType?.split(separator: ";").first?.trimmingCharacters(in: .whitespaces).lowercased() == "application/json"
    }
}

/// What an endpoint answers.
package struct APIAnswer: Sendable, Equatable {
    package var status: Int
    /// Nil for an empty one.
    package var body: JSONValue?
    package var headers: [String: String] = [:]

    init(_ status: Int, _ body: JSONValue? = nil, resource: String? = nil) {
        self.status = status
        self.body = body
        if let resource { headers["X-Resource-ID"] = resource }
    }

    static func message(_ status: Int, _ text: String, resource: String? = nil) -> APIAnswer {
        APIAnswer(status, ["message": .string(text)], resource: resource)
    }

    /// Of Cloud Recording's service, behind the gateway.
    static func code(_ status: Int, _ code: Int64, _ reason: String) -> APIAnswer {
        APIAnswer(status, ["code": .integer(code), "reason": .string(reason)])
    }
}

/// What becomes of a request.
package enum Reply: Sendable, Equatable {
    case answer(APIAnswer)
    /// The connection is closed without an answer.
    case cut
    /// Nothing is answered until then (Unix milliseconds of simulated time), when the connection is closed.
    case hang(until: Int64)
}
