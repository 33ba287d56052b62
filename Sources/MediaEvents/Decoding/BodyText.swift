import Foundation

/// The JSON text of a body, found under its encoding. Not yet checked beyond its first character.
///
/// Looks never decide: a body of base64 characters that does not hold a JSON object is an error, however much it looks
/// like one or the other.
struct BodyText {
    let json: [UInt8]
    /// `plain` or `base64`.
    let encoding: BodyEncoding

    init(_ body: [UInt8], encoding: BodyEncoding) throws(UndecodableBody) {
        guard let first = Self.firstNonBlank(body) else { throw UndecodableBody(reason: "the body is empty") }
        let isObject = first == UInt8(ascii: "{")
        if isObject && encoding != .base64 {
            (json, self.encoding) = (body, .plain)
            return
        }
        let expected =
            switch encoding {
            case .auto: "neither a JSON object nor base64 of one"
            case .plain: "not a JSON object"
            case .base64: "not base64 of a JSON object"
            }
        guard encoding != .plain, let decoded = Self.base64(body) else {
            throw UndecodableBody(reason: "\(expected): \(Self.describe(first, body))")
        }
        guard Self.firstNonBlank(decoded) == UInt8(ascii: "{") else {
            throw UndecodableBody(reason: "\(expected): it is base64, but what it holds does not start with `{`")
        }
        (json, self.encoding) = (decoded, .base64)
    }

    /// Blank is what JSON calls white space: space, tab, line feed, carriage return.
    private static func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 }

    private static func firstNonBlank(_ bytes: [UInt8]) -> UInt8? { bytes.first { !isBlank($0) } }

    /// Says what the body starts with, without showing any of its content.
    private static func describe(_ first: UInt8, _ body: [UInt8]) -> String {
        if body.starts(with: [0xEF, 0xBB, 0xBF]) || body.starts(with: [0xFF, 0xFE]) || body.starts(with: [0xFE, 0xFF]) {
            return "the body starts with a byte order mark"
        }
        return switch first {
        case UInt8(ascii: "{"): "the body is plain JSON text"
        case UInt8(ascii: "["): "the body starts like a JSON array"
        case UInt8(ascii: "\""): "the body starts like a JSON string"
        case 0x00: "the body starts with a zero byte"
        default: "the body does not start with `{`"
        }
    }

    private static func base64(_ body: [UInt8]) -> [UInt8]? {
        var text = Data(body.contains(where: isBlank) ? body.filter { !isBlank($0) } : body)
        switch text.count % 4 {
        case 1: return nil
        case 2: text.append(contentsOf: "==".utf8)
        case 3: text.append(contentsOf: "=".utf8)
        default: break
        }
        return Data(base64Encoded: text).map { [UInt8]($0) }
    }
}
