/// An answer as the client got it, before anything is made of it.
///
/// The root element decides what an answer is, not the status: a partly failed batch comes with 404 or 500. Namespaces and
/// unknown elements are passed over. What is no document of this protocol (a proxy's page, a cut answer) becomes
/// `Client.MalformedAnswer` with the status; its text never holds a part of the answer's body.
package struct IncomingAnswer: Sendable {
    package var operation: QueueOperation
    package var status: Int
    /// `x-mns-request-id`
    package var requestID: String?
    /// `Date`
    package var serverDate: ServerTime?
    /// `Location`
    package var location: String?
    package var body: [UInt8]

    package init(
        to operation: QueueOperation, status: Int, requestID: String? = nil, serverDate: ServerTime? = nil, location: String? = nil,
        body: [UInt8] = []
    ) {
        self.operation = operation
        self.status = status
        self.requestID = requestID
        self.serverDate = serverDate
        self.location = location
        self.body = body
    }

    var isSuccess: Bool { (200..<300).contains(status) }

    /// The code of a refusal; nil for a success.
    package var failureCode: SMQError.Code? { isSuccess ? nil : failure().code }

    /// Nothing is expected but success.
    package func checkSuccess() throws(SMQError) {
        guard isSuccess else { throw failure() }
        // A success without a body is the rule; one with an `Error` inside is none.
        if !body.isEmpty, let root = try? XMLParser.tree(of: body), root.name == "Error" { throw failure() }
    }

    /// CreateQueue.
    /// - Returns: False if the queue was there with the same attributes.
    package func createdQueue() throws(SMQError) -> Bool {
        try checkSuccess()
        return status == 201
    }

    /// The refusal of the service if there is one, else what can be said by status.
    package func failure() -> SMQError {
        do throws(XMLError) {
            let root = try XMLParser.tree(of: body)
            if root.name == "Error", let code = try root.text(of: "Code") {
                return error(
                    SMQError.Code(code), try root.text(of: "Message") ?? "", effect: .none, requestID: try root.text(of: "RequestId"))
            }
        } catch {
            // No document of this protocol: the status speaks.
        }
        let text = "HTTP status \(status) without an error of the queue service; is a proxy or another server answering?"
        return error(.malformedAnswer, text, effect: status >= 500 || isSuccess ? .unknown : .none)
    }

    /// Reads a document and turns what is wrong with it into an `SMQError`.
    func reading<Value>(_ read: () throws(XMLError) -> Value) throws(SMQError) -> Value {
        do throws(XMLError) {
            return try read()
        } catch {
            // An `Error` document, or none of ours.
            let refusal = failure()
            if refusal.code != .malformedAnswer || !isSuccess { throw refusal }
            throw self.error(.malformedAnswer, "The answer cannot be read: \(error).", effect: .unknown)
        }
    }

    /// An entry of a batch, when the batch was one message.
    package func error(for failure: EntryFailure) -> SMQError { error(failure.code, failure.message, effect: .none) }

    func error(_ code: SMQError.Code, _ message: String, effect: SMQError.Effect, requestID: String? = nil) -> SMQError {
        SMQError(
            code: code, operation: operation.name, queue: operation.queue, status: status, requestID: self.requestID ?? requestID,
            message: message.shortened(to: 500), effect: effect, serverDate: serverDate)
    }
}
