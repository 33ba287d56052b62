/// The fields of one JSON object, read as the vendor's table types them and forgiving in what arrives.
///
/// Everywhere: a missing field, `null`, and a value that does not fit its type are nil, never an error; keys that nobody asks
/// for are ignored; of a key that comes twice the first one counts. Only the subject id is strict.
public struct Fields<Key: CodingKey> {
    private let object: JSONNode

    init(_ object: JSONNode) { self.object = object }

    /// The value as it came; nil if it is missing or null.
    func value(_ key: Key) -> JSONNode? {
        guard let value = object.field(key.stringValue), value.kind != .null else { return nil }
        return value
    }

    /// A String. A number becomes its text (`496` is `"496"`, `25.0` is `"25"`): the vendor has typed fields both ways.
    public func text(_ key: Key) -> String? {
        guard let value = value(key) else { return nil }
        return value.kind == .number ? DecimalNumber(value.bytes).text : value.text
    }

    /// A Long: a whole number, exact to 64 bits, also written `5120.0` or as the text of one. A fraction is nil.
    public func long(_ key: Key) -> Int64? { value(key).flatMap(NumberText.int64) }

    /// A Float or Double; also as the text of a decimal number. Always finite.
    public func double(_ key: Key) -> Double? { value(key).flatMap(NumberText.double) }

    /// A Boolean; also the text `true` or `false`, without regard to case.
    public func boolean(_ key: Key) -> Bool? {
        guard let value = value(key) else { return nil }
        switch value.kind {
        case .true: return true
        case .false: return false
        default:
            switch value.text?.lowercased() {
            case "true": return true
            case "false": return false
            default: return nil
            }
        }
    }

    /// A time, kept as the vendor's text.
    public func time(_ key: Key) -> VendorTime? { text(key).map { VendorTime($0) } }

    /// Pass-through data, typed String by the vendor and by contract any text. Senders also give it as a bare document;
    /// should one come back like that, it is kept as compact JSON text with sorted keys.
    public func passThrough(_ key: Key) -> String? {
        guard let value = value(key) else { return nil }
        switch value.kind {
        case .text, .escapedText: return value.text
        default: return value.compactText
        }
    }

    /// An array of objects. Elements that are no objects, or lack what they need, are dropped; anything but an array is nil.
    public func objects<Element: VendorObject>(_ key: Key, of type: Element.Type) -> [Element]? {
        guard let value = value(key), value.kind == .array else { return nil }
        return value.parts.compactMap { part in
            guard part.kind == .object else { return nil }
            do throws(UndecodableBody) { return try Element(Fields<Element.CodingKeys>(part)) } catch { return nil }
        }
    }

    /// The subject id: the one field that an event cannot do without, and the one that is not converted. An id that lost its
    /// leading zeros on the way through a number would name another asset.
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
        guard let value = value(key) else { return nil }
        guard let id = value.text else {
            throw UndecodableBody(reason: "`\(key.stringValue)` is \(value.kindInWords) where text is expected", key: key.stringValue)
        }
        return id
    }
}
