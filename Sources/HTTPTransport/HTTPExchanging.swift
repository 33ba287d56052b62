/// Whoever can carry one HTTP request to its server and bring the answer back: `HTTPTransport`, or a script in a test.
package protocol HTTPExchanging: Sendable {
    /// - Returns: The answer, whatever its status: 404 and 500 are answers, not errors.
    /// - Throws: `TransportError` when there is no complete answer.
    func perform(_ request: HTTPRequest) async throws(TransportError) -> HTTPResponse
}
