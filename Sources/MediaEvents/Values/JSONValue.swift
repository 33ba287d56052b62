import Foundation

/// A JSON value in a form that the vendor leaves open.
public enum JSONValue: Sendable, Hashable, Encodable {
    case null
    case boolean(Bool)
    /// A whole number in 64 bits, also one written `5120.0`.
    case integer(Int64)
    /// A whole number beyond those, in 64 bits without a sign.
    case unsigned(UInt64)
    case number(Double)
    case text(String)
    case array([JSONValue])
    case object([String: JSONValue])

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        switch self {
        case .null: try container.encodeNil()
        case .boolean(let value): try container.encode(value)
        case .integer(let value): try container.encode(value)
        case .unsigned(let value): try container.encode(value)
        case .number(let value): try container.encode(value)
        case .text(let value): try container.encode(value)
        case .array(let value): try container.encode(value)
        case .object(let value): try container.encode(value)
        }
    }
}

extension JSONValue {
    /// Of a name that comes twice the first one counts. A number beyond all ranges, and text that is none, become null.
    init(_ node: JSONNode) {
        switch node.kind {
        case .null: self = .null
        case .true: self = .boolean(true)
        case .false: self = .boolean(false)
        case .number:
            if let whole = NumberText.int64(node) {
                self = .integer(whole)
            } else if let large = NumberText.uint64(node) {
                self = .unsigned(large)
            } else {
                self = NumberText.double(node).map { .number($0) } ?? .null
            }
        case .text: self = node.text.map { .text($0) } ?? .null
        case .array: self = .array(node.parts.map { JSONValue($0) })
        case .object:
            self = .object(
                Dictionary(node.fields.compactMap { field in field.name.text.map { ($0, JSONValue(field.value)) } }) { first, _ in first })
        }
    }
}

extension JSONNode {
    /// The same JSON without blanks: numbers as they were written, fields in their order. Nil if a text in it is none.
    var compactText: String? {
        switch kind {
        case .null: return "null"
        case .true: return "true"
        case .false: return "false"
        case .number: return String(decoding: bytes, as: UTF8.self)
        case .text:
            let encoder = JSONEncoder()
            encoder.outputFormatting = .withoutEscapingSlashes
            return text.flatMap { try? encoder.encode($0) }.map { String(decoding: $0, as: UTF8.self) }
        case .array:
            let parts = parts.map(\.compactText)
            return parts.contains(nil) ? nil : "[" + parts.compactMap(\.self).joined(separator: ",") + "]"
        case .object:
            let fields = fields.map { field in field.name.compactText.flatMap { name in field.value.compactText.map { "\(name):\($0)" } } }
            return fields.contains(nil) ? nil : "{" + fields.compactMap(\.self).joined(separator: ",") + "}"
        }
    }
}
