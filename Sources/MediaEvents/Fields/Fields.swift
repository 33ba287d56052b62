import Foundation

/// The fields of one JSON object, read as the vendor's table types them and forgiving in what arrives.
///
/// Everywhere: a missing field, `null`, and a value that does not fit its type are nil, never an error; keys that nobody asks
/// for are ignored; of a key that comes twice the first one counts. Only the subject id is strict.
///
/// This is the only code that knows which parser is underneath (Foundation's `JSONDecoder`). It takes syntax for granted:
/// `JSONSyntax` has checked it.
public struct Fields<Key: CodingKey> {
    let container: KeyedDecodingContainer<FieldName>

    init(_ container: KeyedDecodingContainer<FieldName>) { self.container = container }

    /// The same object under another type's keys.
    func keyed<Other: CodingKey>(by keys: Other.Type) -> Fields<Other> { Fields<Other>(container) }

    func name(_ key: Key) -> FieldName { FieldName(stringValue: key.stringValue) }

    /// A String. A number becomes its text (`496` is `"496"`, `25.0` is `"25"`): the vendor has typed fields both ways.
    public func text(_ key: Key) -> String? {
        let name = name(key)
        do {
            return try container.decodeIfPresent(String.self, forKey: name)
        } catch {  // of another type
            return numberText(name)
        }
    }

    /// A Long: a whole number, exact to 64 bits, also written `5120.0` or as the text of one. A fraction is nil.
    public func long(_ key: Key) -> Int64? {
        let name = name(key)
        do {
            return try container.decodeIfPresent(Int64.self, forKey: name)
        } catch {  // text, or a number that needs more care
            return value(Decimal.self, name).flatMap(NumberText.exactInt64) ?? value(String.self, name).flatMap(NumberText.int64)
        }
    }

    /// A Float or Double; also as the text of a decimal number. Always finite.
    public func double(_ key: Key) -> Double? {
        let name = name(key)
        do {
            return try container.decodeIfPresent(Double.self, forKey: name)
        } catch {  // of another type
            return value(String.self, name).flatMap(NumberText.double)
        }
    }

    /// A Boolean; also the text `true` or `false`, without regard to case.
    public func boolean(_ key: Key) -> Bool? {
        let name = name(key)
        do {
            return try container.decodeIfPresent(Bool.self, forKey: name)
        } catch {  // of another type
            switch value(String.self, name)?.lowercased() {
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
        let name = name(key)
        do {
            return try container.decodeIfPresent(String.self, forKey: name)
        } catch {  // of another type
            return value(JSONValue.self, name).flatMap(\.compactText)
        }
    }

    /// An array of objects. Elements that are no objects are dropped; anything but an array is nil.
    public func objects<Element: VendorObject>(_ key: Key, of type: Element.Type) -> [Element]? {
        value([Lenient<Element>].self, name(key))?.compactMap(\.value)
    }

    /// A value of exactly this type, or nil.
    func value<Value: Decodable>(_ type: Value.Type, _ name: FieldName) -> Value? {
        do {
            return try container.decodeIfPresent(type, forKey: name)
        } catch {  // of another type, or out of its range: as good as absent, see above
            return nil
        }
    }

    private func numberText(_ name: FieldName) -> String? {
        if let integer = value(Int64.self, name) { return String(integer) }
        return value(Decimal.self, name)?.description
    }
}

/// An array's element that may be anything.
private struct Lenient<Element: VendorObject>: Decodable {
    let value: Element?

    init(from decoder: any Decoder) throws {
        do {
            value = try Element(from: decoder)
        } catch {  // no object, or one that lacks what it needs
            value = nil
        }
    }
}
