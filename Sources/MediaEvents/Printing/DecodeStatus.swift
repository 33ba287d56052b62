/// How `event decode` ends, as the exit status of the program.
public enum DecodeStatus: Int32, Sendable {
    case typed = 0
    case unknown = 3
    case undecodable = 4
}

extension DecodedBody {
    public var status: DecodeStatus {
        switch result {
        case .typed: .typed
        case .unknown: .unknown
        case .undecodable: .undecodable
        }
    }
}
