package import HTTPTransport
package import Logging
import SMQProtocol

/// The queue service over HTTP: an operation becomes a signed request, its answer a value.
///
/// Every operation throws `SMQError`: `code` to branch on, `effect` for what the server may have done, `isRetryable` for
/// whether asking again can help. Nothing is asked again here, with one exception: a request that was refused because this
/// machine's clock is off is sent a second time, by the server's clock.
package struct SMQClient: Sendable {
    private let configuration: SMQClientConfiguration
    private let signer: RequestSigner
    private let receiving: any HTTPExchanging
    private let control: any HTTPExchanging
    private let offset: ClockOffset
    let logger: Logger

    /// - Parameters:
    ///   - receiving: Carries receives, which wait.
    ///   - control: Carries everything else. With connections of its own, so that a delete never waits behind a poll.
    package init(
        configuration: SMQClientConfiguration, receiving: any HTTPExchanging, control: any HTTPExchanging, clock: WallClock = .system,
        logger: Logger
    ) {
        self.configuration = configuration
        self.receiving = receiving
        self.control = control
        self.logger = logger
        signer = RequestSigner(credentials: configuration.credentials, version: configuration.signature)
        offset = ClockOffset(clock: clock)
    }

    /// One queue as the worker sees it. Nothing is asked of the server.
    package func queue(_ name: String) -> SMQQueue { SMQQueue(name: name, client: self) }

    /// An answer and when it came.
    struct Exchange {
        var answer: IncomingAnswer
        /// The arrival of the answer less its travel time: the server cannot have acted earlier.
        var actedAt: ContinuousClock.Instant
    }

    /// Checks, signs, sends; the answer may be a refusal.
    ///
    /// - Parameter limit: on the exchange, if shorter than the client's own.
    func perform(_ operation: QueueOperation, within limit: Duration? = nil) async throws(SMQError) -> Exchange {
        do throws(ProtocolRefusal) { try operation.checkLimits() } catch { throw SMQError(error, in: operation) }
        let first = try await exchange(operation, limit)
        guard first.hasLearntClock, first.exchange.answer.failureCode == .timeExpired else { return first.exchange }
        return try await exchange(operation, limit).exchange  // the refusal is proof that the first one had no effect
    }

    private func exchange(
        _ operation: QueueOperation, _ limit: Duration?
    ) async throws(SMQError) -> (exchange: Exchange, hasLearntClock: Bool) {
        var request = operation.encoded()
        signer.sign(&request, at: offset.serverTime)
        let isReceive =
            switch operation {
            case .receive, .batchReceive: true
            default: false
            }
        let own = isReceive ? operation.wait + configuration.receiveMargin : configuration.exchangeLimit
        let message = HTTPRequest(
            method: request.method, url: configuration.endpoint.url + request.target, headers: request.headers,
            body: request.body.isEmpty ? nil : request.body, connectLimit: configuration.connectLimit,
            exchangeLimit: min(own, limit ?? own),
            isRepeatable: operation.isRepeatable)
        let response: HTTPResponse
        do throws(TransportError) {
            response = try await (isReceive ? receiving : control).perform(message)
        } catch {
            throw SMQError(error, in: operation)
        }
        let headers = response.headers
        let serverDate = headers["Date"].flatMap(HTTPDate.time)
        let isFailure = !(200..<300).contains(response.status)
        let answer = IncomingAnswer(
            to: operation, status: response.status, requestID: isFailure ? headers["x-mns-request-id"] : nil, serverDate: serverDate,
            location: response.status == 201 || response.status == 204 ? headers["Location"] : nil, body: response.body)
        return (Exchange(answer: answer, actedAt: response.arrived - response.travel), learnClock(from: serverDate, headers))
    }

    /// Only the service's own answers count: a page of a proxy may carry any date.
    private func learnClock(from serverDate: ServerTime?, _ headers: HTTPHeaders) -> Bool {
        guard let serverDate, headers["x-mns-request-id"] != nil, let change = offset.learn(from: serverDate) else { return false }
        logger.warning(
            "clock differs from the queue server's, requests are signed by the server's", metadata: ["server_ahead": "\(change)"])
        return true
    }
}
