/// Why a request is refused: becomes an `Error` document for the client.
package struct ProtocolRefusal: Error, Sendable, Equatable {
    package var code: SMQError.Code
    /// HTTP.
    package var status: Int
    /// For people; clients match the code.
    package var message: String

    /// - Parameter status: nil takes the one that goes with the code.
    package init(_ code: SMQError.Code, _ message: String, status: Int? = nil) {
        self.code = code
        self.status = status ?? code.httpStatus
        self.message = message
    }

    /// A document that is no XML, or well-formed XML that says something else than it has to.
    init(_ error: XMLError) {
        self.init(error.isAboutContent ? .invalidArgument : .malformedXML, "The request body is refused: \(error.description).")
    }
}
