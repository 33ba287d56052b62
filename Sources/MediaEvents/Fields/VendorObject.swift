/// One JSON object of a vendor, read leniently and written strictly: an event, or a part of one.
///
/// A conforming struct lists its fields three times, and the compiler holds the lists together: properties, `CodingKeys` with
/// the vendor's names, and the initialiser that reads each field by its documented type. Encoding is synthesized.
public protocol VendorObject: Encodable, Hashable, Sendable {
    associatedtype CodingKeys: CodingKey

    /// - Throws: `UndecodableBody`, only for a field without which the object means nothing.
    init(_ fields: Fields<CodingKeys>) throws(UndecodableBody)
}
