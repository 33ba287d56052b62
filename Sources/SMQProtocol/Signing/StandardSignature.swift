import Crypto

/// The standard signature (V2): base64 of HMAC-SHA1 over a text made of the request.
struct StandardSignature: Sendable {
    /// The hash with the key already in it: each request starts from a copy.
    private let keyed: HMAC<Insecure.SHA1>

    init(secret: SecretText) {
        keyed = HMAC(key: SymmetricKey(data: Array(secret.revealed.utf8)))
    }

    func text(signing bytes: [UInt8]) -> String {
        var mac = keyed
        mac.update(data: bytes)
        return mac.finalize().withUnsafeBytes { Base64.text(of: $0) }
    }

    /// ```
    /// METHOD LF Content-MD5 LF Content-Type LF Date LF (x-mns-name ":" value LF)* path?query
    /// ```
    /// Header values and target exactly as they travel; `x-mns-*` names in lower case and ascending byte order; without `Date`
    /// the value of `x-mns-date` stands in for it, and stays among the lines.
    static func stringToSign(_ request: WireRequest) -> [UInt8] {
        var md5 = ""
        var type = ""
        var date: String?
        var standIn: String?
        var lines: [(name: String, value: String)] = []
        for header in request.headers {
            if header.name.beginsWith(ignoringCase: "x-mns-") {
                lines.append((header.name.lowercased(), header.value.trimmingBlanks))
                if header.name.isSame(as: "x-mns-date") { standIn = header.value.trimmingBlanks }
            } else if header.name.isSame(as: "Content-Type") {
                type = header.value.trimmingBlanks
            } else if header.name.isSame(as: "Content-MD5") {
                md5 = header.value.trimmingBlanks
            } else if header.name.isSame(as: "Date") {
                date = header.value.trimmingBlanks
            }
        }
        if lines.count > 1 { lines.sort { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) } }
        var bytes: [UInt8] = []
        bytes.reserveCapacity(256 + request.target.utf8.count)
        for part in [request.method, md5, type, date ?? standIn ?? ""] {
            bytes.append(contentsOf: part.utf8)
            bytes.append(0x0A)
        }
        for line in lines {
            bytes.append(contentsOf: line.name.utf8)
            bytes.append(UInt8(ascii: ":"))
            bytes.append(contentsOf: line.value.utf8)
            bytes.append(0x0A)
        }
        bytes.append(contentsOf: request.target.utf8)
        return bytes
    }
}
