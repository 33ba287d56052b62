/// One of Agora's services that run tasks for us.
package enum StreamService: String, Sendable, CaseIterable, Codable {
    case mediaPush = "media-push"
    case mediaPull = "media-pull"
    case cloudRecording = "cloud-recording"

    /// For sentences.
    package var name: String {
        switch self {
        case .mediaPush: "Media Push"
        case .mediaPull: "Media Pull"
        case .cloudRecording: "Cloud Recording"
        }
    }
}

/// Where a task runs: part of the path, in lower case. Near the CDN's origin for a push, near the source for a pull.
/// - SeeAlso: Agora, Media Push and Media Pull, RESTful API, `region`.
package enum TaskRegion: String, Sendable, CaseIterable, Codable {
    case mainlandChina = "cn"
    /// Asia without mainland China.
    case asiaPacific = "ap"
    case northAmerica = "na"
    case europe = "eu"
}
