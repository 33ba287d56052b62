/// Whether a stream can go to an address, or come from it: DNS, connection and handshake. Never a publish: it would throw out who
/// publishes under the key.
package protocol StreamAddressCheck: Sendable {
    /// - Parameter address: With its key, which no result shows.
    /// - Returns: What is wrong with it; nil if nothing is.
    func trouble(with address: String) async -> String?
}
