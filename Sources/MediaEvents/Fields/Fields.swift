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
        value(key).flatMap(\.textOrNumber)
    }

    /// A Long: a whole number, exact to 64 bits, also written `5120.0` or as the text of one. A fraction is nil.
    public func long(_ key: Key) -> Int64? { value(key).flatMap(NumberText.int64) }

    /// The same for numbers that grow beyond a Long: not negative.
    public func unsigned(_ key: Key) -> UInt64? { value(key).flatMap(NumberText.uint64) }

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
    /// should one come back like that, it is kept as the same JSON without blanks, its numbers and the order of its fields as they came.
    public func passThrough(_ key: Key) -> String? {
        guard let value = value(key) else { return nil }
        return value.kind == .object || value.kind == .array ? value.compactText : value.textOrNumber
    }

    // MARK: Documents within the document, as they are or as the text of one

    /// An object. Nil if it is none, or lacks what it needs.
    public func object<Object: VendorObject>(_ key: Key, of type: Object.Type) -> Object? { document(key).flatMap { Self.object($0) } }

    /// An array of objects. Elements that are no objects, or lack what they need, are dropped; anything but an array is nil.
    public func objects<Element: VendorObject>(_ key: Key, of type: Element.Type) -> [Element]? {
        guard let value = document(key), value.kind == .array else { return nil }
        return value.parts.compactMap { Self.object($0) }
    }

    /// One object or an array of them: for what the vendor documents one way and sends the other.
    public func oneOrMore<Element: VendorObject>(_ key: Key, of type: Element.Type) -> OneOrMore<Element>? {
        guard let value = document(key) else { return nil }
        return value.kind == .array
            ? objects(key, of: type).map { .array($0) } : Self.object(value).map { .one($0) }
    }

    /// An object whose names are free: each leads to an object. Values that are none are dropped.
    public func objectsByName<Element: VendorObject>(_ key: Key, of type: Element.Type) -> [String: Element]? {
        guard let value = document(key), value.kind == .object else { return nil }
        var objects: [String: Element] = [:]
        for (name, value) in value.fields {
            if let name = name.text, objects[name] == nil, let object: Element = Self.object(value) { objects[name] = object }
        }
        return objects
    }

    /// An array of Strings; numbers become their text, other elements are dropped.
    public func texts(_ key: Key) -> [String]? {
        guard let value = value(key), value.kind == .array else { return nil }
        return value.parts.compactMap(\.textOrNumber)
    }

    /// A user of a channel. Anything but a whole number or text is nil.
    public func user(_ key: Key) -> ChannelUser? { value(key).flatMap { ChannelUser($0) } }

    /// Users of a channel; other elements are dropped.
    public func users(_ key: Key) -> [ChannelUser]? {
        guard let value = value(key), value.kind == .array else { return nil }
        return value.parts.compactMap { ChannelUser($0) }
    }

    /// Whatever it is: for what the vendor leaves open.
    public func anything(_ key: Key) -> JSONValue? { value(key).map { JSONValue($0) } }

    /// An object or array in a form that the vendor leaves open; also as the text of one. Other values are nil.
    public func openDocument(_ key: Key) -> JSONValue? { document(key).map { JSONValue($0) } }

    /// An object or an array, or the root of the text of one.
    private func document(_ key: Key) -> JSONNode? {
        guard let value = value(key) else { return nil }
        switch value.kind {
        case .object, .array: return value
        case .text: return value.text.flatMap { JSONDocument.within($0) }
        default: return nil
        }
    }

    private static func object<Object: VendorObject>(_ value: JSONNode) -> Object? {
        guard value.kind == .object else { return nil }
        do throws(UndecodableBody) { return try Object(Fields<Object.CodingKeys>(value)) } catch { return nil }
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

    /// An object, or the text of one, without which the event means nothing; what it lacks is told with the path to it.
    /// - Throws: `UndecodableBody` if it is missing or no object, and what it throws itself.
    public func part<Part: VendorObject>(_ key: Key, of type: Part.Type) throws(UndecodableBody) -> Part {
        guard let given = value(key) else {
            throw UndecodableBody(reason: "`\(key.stringValue)` is missing", key: key.stringValue)
        }
        let value = document(key) ?? given
        guard value.kind == .object else {
            throw UndecodableBody(reason: "`\(key.stringValue)` is \(value.kindInWords) where an object is expected", key: key.stringValue)
        }
        do throws(UndecodableBody) {
            return try Part(Fields<Part.CodingKeys>(value))
        } catch {
            guard let inner = error.key else { throw error }
            let path = "\(key.stringValue).\(inner)"
            throw UndecodableBody(reason: error.reason.replacing("`\(inner)`", with: "`\(path)`", maxReplacements: 1), key: path)
        }
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
