/// Vendors' answers are as loosely typed as their events: this reads them by the same rules.
public enum VendorReply {
    /// - Throws: `UndecodableBody` if the bytes are not one JSON object, or lack what the type cannot do without.
    public static func read<Object: VendorObject>(_ bytes: [UInt8], as type: Object.Type = Object.self) throws(UndecodableBody) -> Object {
        let root = try JSONDocument(bytes).root
        guard root.kind == .object else { throw UndecodableBody(reason: "the answer is \(root.kindInWords) where an object is expected") }
        return try Object(Fields<Object.CodingKeys>(root))
    }
}
