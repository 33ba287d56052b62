import Foundation

/// A JSON value in a form that the vendor leaves open.
public enum JSONValue: Sendable, Hashable, Encodable {
    case null
    case boolean(Bool)
    /// A whole number in 64 bits, also one written `5120.0`.
    case integer(Int64)
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
        case .number(let value): try container.encode(value)
        case .text(let value): try container.encode(value)
        case .array(let value): try container.encode(value)
        case .object(let value): try container.encode(value)
        }
    }
}

extension JSONValue {
    /// JSON on one line: no blanks, names sorted.
    var compactText: String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        // Every case is a JSON value, so that there is nothing to fail.
        return (try? encoder.encode(self)).map { String(decoding: $0, as: UTF8.self) } ?? "null"
    }

    /// Of a name that comes twice the first one counts. A number beyond all ranges, and text that is none, become null.
    init(_ node: JSONNode) {
        switch node.kind {
        case .null: self = .null
        case .true: self = .boolean(true)
        case .false: self = .boolean(false)
        case .number:
            if let whole = NumberText.int64(node) {
                self = .integer(whole)
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
