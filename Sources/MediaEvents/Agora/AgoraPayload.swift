/// What one event of one Agora product carries in `payload`. Event numbers mean different things for each product.
///
/// A conforming struct is an event type: `AgoraNotice` puts the envelope around it.
public protocol AgoraPayload: VendorObject {
    static var product: AgoraProduct { get }

    /// The number in `eventType`.
    static var event: Int64 { get }

    /// The subject's field as a path within the payload: `converter.id`.
    static var subjectKey: String { get }

    /// When Agora raises it, in one short line.
    static var summary: String { get }

    /// A valid payload as JSON text: invented values, all documented fields.
    static var sample: String { get }

    /// What the event is about: the converter, the player, the recording, the channel.
    var subject: String { get }

    /// Its place among the events of the same subject; nil if the payload does not say.
    var order: AgoraOrder? { get }

    /// What is equal in copies of one event that carry different notice ids, as Agora's redundant mode may send them: subject, order
    /// and what the event says, joined by `/`.
    var contentKey: String { get }
}

/// Where an event stands among those of the same subject: notifications arrive in any order, and late.
///
/// Compared by `number` first, then by `milliseconds`.
public struct AgoraOrder: Sendable, Hashable, Comparable {
    /// Cloud Recording's `sequence`, the RTC channel's `clientSeq`; 0 for products that order by time alone.
    public let number: Int64
    /// Unix milliseconds, by Agora's clock.
    public let milliseconds: Int64

    public init(number: Int64 = 0, milliseconds: Int64) {
        self.number = number
        self.milliseconds = milliseconds
    }

    public static func < (earlier: AgoraOrder, later: AgoraOrder) -> Bool {
        (earlier.number, earlier.milliseconds) < (later.number, later.milliseconds)
    }
}

enum AgoraTime {
    /// Media Push documents `lts` in milliseconds and shows it in seconds: what is below 10^11 is taken for seconds.
    static func milliseconds(_ value: Int64) -> Int64 { (0..<100_000_000_000).contains(value) ? value * 1000 : value }
}
