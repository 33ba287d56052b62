import Crypto
import Synchronization

/// The newer signature (V4): hex of HMAC-SHA256 with a key derived for one day and one region.
///
/// Not in the API reference; two independent official clients agree on it.
final class RegionalSignature: Sendable {
    private let secret: SecretText
    /// The newest derived key: days and regions seldom change.
    private let derived = Mutex<(day: String, region: String, key: SymmetricKey)?>(nil)

    init(secret: SecretText) {
        self.secret = secret
    }

    static let scheme = "MNS4-HMAC-SHA256"

    static func scope(day: String, region: String) -> String { "\(day)/\(region)/mns/aliyun_v4_request" }

    func text(signing bytes: [UInt8], day: String, region: String) -> String {
        var mac = HMAC<SHA256>(key: key(day: day, region: region))
        mac.update(data: bytes)
        return mac.finalize().withUnsafeBytes { Base16.text(of: $0, digits: Base16.lower) }
    }

    /// k0 = "aliyun_v4" + secret, then one HMAC each over day, region, "mns" and "aliyun_v4_request".
    func key(day: String, region: String) -> SymmetricKey {
        if let known = derived.withLock({ $0?.day == day && $0?.region == region ? $0?.key : nil }) { return known }
        var key = SymmetricKey(data: Array("aliyun_v4\(secret.revealed)".utf8))
        for part in [day, region, "mns", "aliyun_v4_request"] {
            key = SymmetricKey(data: HMAC<SHA256>.authenticationCode(for: Array(part.utf8), using: key))
        }
        let made = key
        derived.withLock { $0 = (day, region, made) }
        return made
    }

    /// `yyyyMMdd` and `yyyyMMdd'T'HHmmss'Z'` of the request's `Date`.
    static func stamps(of time: ServerTime) -> (day: String, time: String) {
        let civil = CivilTime(unixSeconds: time.unixSeconds)
        var text: [UInt8] = []
        text.append(civil.year, digits: 4)
        text.append(civil.month, digits: 2)
        text.append(civil.day, digits: 2)
        let day = String(decoding: text, as: UTF8.self)
        text.append("T")
        text.append(civil.hour, digits: 2)
        text.append(civil.minute, digits: 2)
        text.append(civil.second, digits: 2)
        text.append("Z")
        return (day, String(decoding: text, as: UTF8.self))
    }

    /// Scheme, time, scope and the canonical request itself (not its hash), each on lines of its own.
    static func stringToSign(_ request: WireRequest, at time: ServerTime, region: String) -> [UInt8] {
        let stamps = stamps(of: time)
        let question = request.target.firstIndex(of: "?") ?? request.target.endIndex
        let path = request.target[..<question].split(separator: "/", omittingEmptySubsequences: false).map(reencode).joined(separator: "/")
        let text = """
            \(scheme)
            \(stamps.time)
            \(scope(day: stamps.day, region: region))
            \(request.method)
            \(path)
            \(canonicalQuery(request.target[question...].dropFirst()))

            """
        return Array(text.utf8) + canonicalHeaders(request) + [0x0A]
    }

    private static func canonicalQuery(_ query: Substring) -> String {
        let pairs = query.split(separator: "&").map { pair in
            let equal = pair.firstIndex(of: "=") ?? pair.endIndex
            let name = reencode(Substring(String(pair[..<equal]).trimmingBlanks.lowercased()))
            return (name: name, value: reencode(pair[equal...].dropFirst()))
        }
        let sorted = pairs.sorted { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) }
        return sorted.map { $0.value.isEmpty ? $0.name : "\($0.name)=\($0.value)" }.joined(separator: "&")
    }

    private static func canonicalHeaders(_ request: WireRequest) -> [UInt8] {
        let signed = request.headers.compactMap { header -> (name: String, value: String)? in
            let name = header.name.lowercased()
            guard name.hasPrefix("x-mns-") || name == "content-type" || name == "content-md5" else { return nil }
            return (name, header.value.trimmingBlanks)
        }
        let sorted = signed.sorted { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) }
        return sorted.flatMap { Array("\($0.name):\($0.value)\n".utf8) }
    }

    /// The same text in the one form that both ends agree on, however it was encoded on the wire.
    private static func reencode(_ text: Substring) -> String {
        PercentCoding.encode(PercentCoding.decode(text.utf8) ?? String(text))
    }
}
