/// One answer as the server sends it. `Date`, `Content-Length` and `Connection` are the HTTP server's to add.
package struct WireAnswer: Sendable {
    package var status: Int
    package var headers: [(name: String, value: String)]
    package var body: [UInt8]

    init(status: Int, requestID: String, body: [UInt8] = []) {
        self.status = status
        // The service sends a content type with every answer, also on 204.
        headers = [
            ("Content-Type", "text/xml;charset=utf-8"), ("x-mns-request-id", requestID), ("x-mns-version", ProtocolVersion.text),
        ]
        self.body = body
    }
}

/// The one version of the protocol that is spoken here.
package enum ProtocolVersion {
    package static let text = "2015-06-06"
}
