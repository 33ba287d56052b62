/// One JSON object of a vendor, read leniently and written strictly: an event, or a part of one.
///
/// A conforming struct lists its fields three times, and the compiler holds the lists together: properties, `CodingKeys` with
/// the vendor's names, and the initialiser that reads each field by its documented type. Encoding is synthesized.
public protocol VendorObject: Codable, Hashable, Sendable {
    associatedtype CodingKeys: CodingKey

    /// - Throws: `UndecodableBody`, only for a field without which the object means nothing.
    init(_ fields: Fields<CodingKeys>) throws(UndecodableBody)
}

extension VendorObject {
    public init(from decoder: any Decoder) throws {
        try self.init(Fields(decoder.container(keyedBy: FieldName.self)))
    }
}

/// A field by its name on the wire, so that one parsed object serves every type's own keys.
struct FieldName: CodingKey, ExpressibleByStringLiteral {
    let stringValue: String
    var intValue: Int? { nil }

    init(stringValue: String) { self.stringValue = stringValue }
    init(stringLiteral name: String) { stringValue = name }
    init?(intValue: Int) { nil }
}
