import Foundation

/// Any JSON value, for the few places where the vendor leaves the form open, and for printing.
enum JSONValue: Codable, Hashable, Sendable {
    case null
    case boolean(Bool)
    case integer(Int64)
    case decimal(Decimal)
    case text(String)
    case array([JSONValue])
    case object([String: JSONValue])

    /// Deeper values are refused: reading is recursive, and no documented field nests more than a few levels.
    private static let maximumDepth = 64

    init(from decoder: any Decoder) throws {
        guard decoder.codingPath.count <= Self.maximumDepth else {
            throw DecodingError.dataCorrupted(.init(codingPath: decoder.codingPath, debugDescription: "nested too deep"))
        }
        let container = try decoder.singleValueContainer()
        if container.decodeNil() {
            self = .null
        } else if let value = try Self.value(Bool.self, container) {
            self = .boolean(value)
        } else if let value = try Self.value(String.self, container) {
            self = .text(value)
        } else if let value = try Self.value([String: JSONValue].self, container) {
            self = .object(value)
        } else if let value = try Self.value([JSONValue].self, container) {
            self = .array(value)
        } else {
            let decimal = try container.decode(Decimal.self)
            self = NumberText.exactInt64(decimal).map { .integer($0) } ?? .decimal(decimal)
        }
    }

    /// Nil if the value is of another type; a fault within the right type is passed on, or broken text would be tried as
    /// every other type in turn.
    private static func value<Value: Decodable>(_ type: Value.Type, _ container: any SingleValueDecodingContainer) throws -> Value? {
        do {
            return try container.decode(type)
        } catch DecodingError.typeMismatch {
            return nil
        }
    }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        switch self {
        case .null: try container.encodeNil()
        case .boolean(let value): try container.encode(value)
        case .integer(let value): try container.encode(value)
        case .decimal(let value): try container.encode(value)
        case .text(let value): try container.encode(value)
        case .array(let values): try container.encode(values)
        case .object(let fields): try container.encode(fields)
        }
    }

    /// On one line, keys sorted; nil for what cannot be written, which no parsed value is.
    var compactText: String? {
        do {
            return String(bytes: try EventPrinter.canonical(self), encoding: .utf8)
        } catch {
            return nil
        }
    }
}
