/// One request as it travels: what the client signs and sends, and what the server verifies and reads.
package struct WireRequest: Sendable {
    /// `GET`, `PUT`, `POST`, `DELETE`.
    package var method: String
    /// Path and query exactly as on the request line: signatures cover these bytes.
    package var target: String
    /// In the order of sending; names compare without regard to case.
    package var headers: [(name: String, value: String)]
    /// Empty if there is none.
    package var body: [UInt8]

    package init(method: String, target: String, headers: [(name: String, value: String)] = [], body: [UInt8] = []) {
        self.method = method
        self.target = target
        self.headers = headers
        self.body = body
    }

    /// The value of the first header of this name, without blanks around it; nil if there is none, or it is empty.
    package func header(_ name: StaticString) -> String? {
        for header in headers where header.name.isSame(as: name) {
            let value = header.value.trimmingBlanks
            return value.isEmpty ? nil : value
        }
        return nil
    }
}
