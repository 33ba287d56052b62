import Foundation

/// The subject id: the one field that an event cannot do without, and the one that is not converted. An id that lost its
/// leading zeros on the way through a number would name another asset.
extension Fields {
    /// - Throws: `UndecodableBody` if the field is missing, null or no text.
    public func subject(_ key: Key) throws(UndecodableBody) -> String {
        guard let id = try subjectIfPresent(key) else {
            throw UndecodableBody(reason: "`\(key.stringValue)` is missing", key: key.stringValue)
        }
        return id
    }

    /// For events that the vendor is known to send without it.
    /// - Throws: `UndecodableBody` if the field is there and no text; null counts as missing.
    public func subjectIfPresent(_ key: Key) throws(UndecodableBody) -> String? {
        let name = name(key)
        do {
            return try container.decodeIfPresent(String.self, forKey: name)
        } catch {
            let found = container.kind(of: name)
            throw UndecodableBody(reason: "`\(name.stringValue)` is \(found) where text is expected", key: name.stringValue)
        }
    }
}

extension KeyedDecodingContainer where Key == FieldName {
    /// What the value of a field is, in words. The field is there. Slow: for messages to people.
    func kind(of name: FieldName) -> String {
        func fits<Value: Decodable>(_ type: Value.Type) -> Bool {
            do {
                _ = try decode(type, forKey: name)
                return true
            } catch {
                return false
            }
        }
        do {
            if try decodeNil(forKey: name) { return "null" }
            if fits(Bool.self) { return "a truth value" }
            if fits(ArrayShape.self) { return "an array" }
            if fits(ObjectShape.self) { return "an object" }
            _ = try decode(String.self, forKey: name)
            return "text"
        } catch DecodingError.typeMismatch {
            return "a number"
        } catch {
            return "text with an escape that stands for no character"
        }
    }
}

private struct ArrayShape: Decodable {
    init(from decoder: any Decoder) throws { _ = try decoder.unkeyedContainer() }
}

/// Decodes from any object, and from nothing else.
struct ObjectShape: Decodable {
    init(from decoder: any Decoder) throws { _ = try decoder.container(keyedBy: FieldName.self) }
}
