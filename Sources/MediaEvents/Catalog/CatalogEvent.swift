/// What an event type adds to its fields so that it can stand in the catalogue. One type, one file.
public protocol CatalogEvent: MediaEvent, VendorObject {
    /// The field that holds `subject`, as in the vendor's catalogue; with dots if nested (`converter.id`).
    static var subjectKey: String { get }

    /// When the vendor raises it, in one short line.
    static var summary: String { get }

    /// A valid body of this type, as pretty-printed JSON text. Invented values, all documented fields of a success.
    static var sample: String { get }
}
