/// The list of the addresses that notifications come from.
/// - SeeAlso: Agora, Message Notification Service, query the server's IP addresses.
enum NotificationAddresses {
    /// Under `calls` of the report.
    static let name = "notifications ip-list"

    private static let paths = [["v2", "ncs", "ip"], ["v1", "ncs", "ip"]]

    /// It belongs to no service and no project, so that it is no `Route`.
    static func isAsked(for call: APICall) -> Bool { call.method == "GET" && paths.contains(call.path) }

    /// Ours come from this machine.
    static let answer = APIAnswer(200, ["data": ["service": ["hosts": [["primaryIP": "127.0.0.1"]]]]])
}
