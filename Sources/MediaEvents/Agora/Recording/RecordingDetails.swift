/// What one Cloud Recording event says beyond the fields that all of them share. Every field may be missing.
///
/// A conforming struct is an event type: `RecordingPayload` puts the shared fields around it.
public protocol RecordingDetails: VendorObject {
    /// The number in `eventType`.
    static var event: Int64 { get }

    /// When Agora raises it, in one short line.
    static var summary: String { get }

    /// Valid details as JSON text: invented values, all documented fields.
    static var sample: String { get }

    /// Agora's word for the event: `uploaded`.
    var msgName: String? { get }
}
