import Foundation

/// Carries HTTP/1.1 exchanges over libcurl: any number at the same time, on one thread of its own.
///
/// Each transport has connections of its own, so what must not wait behind long polls goes through a second transport.
/// Connections are kept and reused; an exchange that finds none free opens another. Redirects are not followed. The proxy
/// variables of the environment (`http_proxy`, `https_proxy`, `no_proxy`) apply, as everywhere with libcurl.
package final class HTTPTransport: HTTPExchanging {
    private let inbox = Inbox()

    /// - Parameter name: Of the thread, as debuggers and `top -H` show it; the system keeps 15 characters.
    package init(name: String, configuration: HTTPTransportConfiguration = HTTPTransportConfiguration()) {
        let isStarted = DispatchSemaphore(value: 0)
        let thread = Thread { [inbox] in
            isStarted.wait()  // Foundation on Linux loses a name given before `start` has returned
            Thread.current.name = name
            CurlLoop.run(inbox, configuration)
        }
        thread.start()
        isStarted.signal()
    }

    deinit {
        shutdown()
    }

    /// Suspends until the answer is complete, the exchange has failed, or the task is cancelled, whichever comes first.
    ///
    /// A cancelled exchange ends at once as `cancelled`; its connection is closed, because an answer could still come on it.
    package func perform(_ request: HTTPRequest) async throws(TransportError) -> HTTPResponse {
        try request.validate()
        let exchange = Exchange(request)
        let outcome = await withTaskCancellationHandler {
            if let reason = inbox.submit(exchange) { exchange.fail(.stopped, reason) }
            return await exchange.outcome()
        } onCancel: {
            if exchange.fail(.cancelled, "the task that asked was cancelled") { inbox.withdraw(exchange) }
        }
        return try outcome.get()
    }

    /// Ends the thread and closes all connections, without waiting for it. Exchanges under way, and all later ones, end as
    /// `stopped`. May be called again.
    package func shutdown() {
        inbox.stop("shut down")
    }
}
