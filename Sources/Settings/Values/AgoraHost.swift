/// A name under which Agora's REST services are reached: global, or of one region.
/// - SeeAlso: Agora, Media Push and Media Pull, best practices, domain name table.
package struct AgoraHost: Hashable, Sendable, CustomStringConvertible {
    package enum Domain: String, Sendable, CaseIterable {
        case agora = "agora.io"
        case sdRTN = "sd-rtn.com"

        package var other: Domain { self == .agora ? .sdRTN : .agora }
    }

    /// The host prefixes of the table.
    package enum Region: String, Sendable, CaseIterable {
        case usWest = "api-us-west-1"
        case usEast = "api-us-east-1"
        case euWest = "api-eu-west-1"
        case euCentral = "api-eu-central-1"
        case apSoutheast = "api-ap-southeast-1"
        case apNortheast = "api-ap-northeast-1"
        case cnEast = "api-cn-east-1"
        case cnNorth = "api-cn-north-1"

        /// The other region of the same area.
        package var adjacent: Region {
            switch self {
            case .usWest: .usEast
            case .usEast: .usWest
            case .euWest: .euCentral
            case .euCentral: .euWest
            case .apSoutheast: .apNortheast
            case .apNortheast: .apSoutheast
            case .cnEast: .cnNorth
            case .cnNorth: .cnEast
            }
        }
    }

    /// Nil for the global name.
    package let region: Region?
    package let domain: Domain

    package init(_ domain: Domain, in region: Region? = nil) {
        self.region = region
        self.domain = domain
    }

    /// Every name of the table.
    package static let all: [AgoraHost] = Domain.allCases.flatMap { domain in
        [AgoraHost(domain)] + Region.allCases.map { AgoraHost(domain, in: $0) }
    }

    package var description: String { "\(region?.rawValue ?? "api").\(domain.rawValue)" }
}

/// Where this program runs, which decides its primary host: what counts is where its DNS answers come from.
package enum AgoraPlace: String, Sendable, CaseIterable {
    case mainlandChina = "mainland-china"
    case elsewhere

    package var domain: AgoraHost.Domain { self == .mainlandChina ? .sdRTN : .agora }
}
