/// One HTTP request, sent exactly as it is written here.
///
/// The transport adds `Host`, `User-Agent`, `Accept: */*` and `Content-Length`; a given `Host`, `User-Agent` or `Accept`
/// replaces its own. It adds no `Content-Type` and no `Expect`.
package struct HTTPRequest: Sendable {
    /// `GET`, `HEAD`, `PUT`, `POST`, `DELETE` or any other method name.
    package var method: String
    /// Absolute, `http://` or `https://`, ready percent-encoded: the path is not normalised.
    package var url: String
    /// In the order of sending; names compare without regard to case.
    package var headers: [(name: String, value: String)]
    /// Allowed with every method but `HEAD`. Without one, `PUT`, `POST` and `PATCH` say `Content-Length: 0`.
    package var body: [UInt8]?
    /// `ADDRESS:PORT` to connect to in the place of the URL's host, which stays what is asked for and what the certificate must name.
    package var connectTo: String?
    /// Limit on finding the address, connecting and the TLS handshake together.
    package var connectLimit: Duration
    /// Limit on the whole exchange, connecting included. Longer than the server is allowed to wait with its answer.
    package var exchangeLimit: Duration
    /// Whether the server may get it twice. A kept connection can die just as a request is sent on it, and libcurl then sends
    /// the request again on a new one, without a word. With `false` that ends as `connectionLost`, effect unknown.
    package var isRepeatable: Bool

    package init(
        method: String, url: String, headers: [(name: String, value: String)] = [], body: [UInt8]? = nil,
        connectTo: String? = nil, connectLimit: Duration = .seconds(10), exchangeLimit: Duration = .seconds(30), isRepeatable: Bool = false
    ) {
        self.method = method
        self.url = url
        self.headers = headers
        self.body = body
        self.connectTo = connectTo
        self.connectLimit = connectLimit
        self.exchangeLimit = exchangeLimit
        self.isRepeatable = isRepeatable
    }
}
