/// The three services that are simulated.
package enum AgoraService: String, Sendable, CaseIterable, Codable {
    case mediaPush = "media-push"
    case mediaPull = "media-pull"
    case cloudRecording = "cloud-recording"

    /// In notifications.
    var productID: Int64 {
        switch self {
        case .mediaPush: 5
        case .mediaPull: 4
        case .cloudRecording: 3
        }
    }
}
