import HTTPTransport
import Logging
import SMQClient
import SMQProtocol
import Settings

extension SMQClient {
    /// A client for one configured queue: receives and control calls on connections of their own.
    init(
        _ connection: QueueConnection, endpoint address: String? = nil, limits: WorkerSection = WorkerSection(), logger: Logger
    ) throws(CommandFailure) {
        let endpoint: SMQEndpoint
        do throws(SMQEndpoint.Problem) {
            endpoint = try SMQEndpoint(parsing: address ?? connection.endpoint.url)
        } catch {
            throw CommandFailure(CommandFailure.Code.configuration, error.description)
        }
        let credentials = Credentials(
            accessKeyID: connection.accessKey.id, secret: SecretText(connection.accessKey.secret.reveal()),
            securityToken: connection.securityToken.map { SecretText($0.reveal()) })
        var transport = HTTPTransportConfiguration()
        transport.caFile = connection.caFile
        var configuration = SMQClientConfiguration(
            endpoint: endpoint, credentials: credentials,
            signature: connection.signature == .v4 ? .v4(region: connection.region ?? "") : .v2)
        configuration.exchangeLimit = limits.callLimit
        configuration.receiveMargin = limits.receiveMargin
        self.init(
            configuration: configuration, receiving: HTTPTransport(name: "smq-receive", configuration: transport),
            control: HTTPTransport(name: "smq-control", configuration: transport), logger: logger)
    }
}
