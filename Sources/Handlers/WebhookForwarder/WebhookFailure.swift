import HTTPTransport

/// A request that has to be made again: no answer, or one that says so. The text never holds more of the address than the host.
enum WebhookFailure: Error, CustomStringConvertible {
    case status(Int, peer: String)
    case noAnswer(TransportError)

    var description: String {
        switch self {
        case .status(let status, let peer) where (300...399).contains(status):
            "\(peer) answered \(status): redirects are not followed, set url to the new address"
        case .status(let status, let peer): "\(peer) answered \(status)"
        case .noAnswer(let error): "\(error)"
        }
    }
}
