import Crypto
package import Settings

/// VOD's signature of a callback: MD5 of `address|timestamp|key`. It proves that the sender knows the key, and nothing about the body.
/// - SeeAlso: ApsaraVideo VOD, callback authentication.
package struct VODSignature: Sendable {
    package static let header = "X-VOD-SIGNATURE"
    package static let timestampHeader = "X-VOD-TIMESTAMP"

    private let urls: [String]
    private let keys: [Secret]
    private let tolerance: Duration

    /// - Parameters:
    ///   - urls: The address as it is configured at VOD, each that may count.
    ///   - tolerance: How far the timestamp may be off; zero does not look.
    package init(urls: [String], keys: [Secret], tolerance: Duration) {
        self.urls = urls
        self.keys = keys
        self.tolerance = tolerance
    }

    /// False refuses everything.
    package var isConfigured: Bool { !urls.isEmpty && !keys.isEmpty }

    /// - Parameter now: Unix seconds.
    package func isGood(timestamp: String?, signature: String?, now: Int64) -> Bool {
        guard let timestamp, let signature, let seconds = Int64(timestamp) else { return false }
        let (difference, isHuge) = now.subtractingReportingOverflow(seconds)
        guard !isHuge, tolerance == .zero || Duration.seconds(difference.magnitude) <= tolerance else { return false }
        return urls.contains { url in
            keys.contains { key in
                HexSignature.matches(signature, Insecure.MD5.hash(data: Array("\(url)|\(timestamp)|\(key.reveal())".utf8)))
            }
        }
    }
}
