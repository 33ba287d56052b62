import HTTPTransport
import Logging

/// Sends notifications to the bridge.
struct NoticeSender: Sendable {
    /// How long an answer may take: real time, whatever the speed of the simulated clock, since the other side needs real time for it.
    private static let patience: Duration = .seconds(10)

    private let url: String
    private let signers: [AgoraService: NoticeSigner]
    private let http: any HTTPExchanging
    private let logger: Logger

    init(_ plan: NotificationPlan, http: any HTTPExchanging, logger: Logger) {
        url = plan.url
        signers = plan.secrets.mapValues(NoticeSigner.init)
        self.http = http
        self.logger = logger
    }

    /// - Returns: Whether it was answered with exactly 200 and a JSON body.
    @concurrent
    func send(_ body: [UInt8], of service: AgoraService) async -> Bool {
        guard let signer = signers[service] else { return false }
        let request = HTTPRequest(
            method: "POST", url: url, headers: signer.headers(for: body), body: body, exchangeLimit: Self.patience)
        do throws(TransportError) {
            let response = try await http.perform(request)
            return response.status == 200 && (try? JSONValue(parsing: response.body)) != nil
        } catch {
            logger.info("a notification was not taken", metadata: ["error": "\(error)"])
            return false
        }
    }
}
