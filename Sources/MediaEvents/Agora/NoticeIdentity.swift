import Foundation

/// What tells one notification from another before it is an event: for whoever takes notifications in.
public struct NoticeIdentity: Sendable, Hashable {
    /// Agora's product number, however it is written; nil where it cannot be read.
    public let product: Int64?
    /// The event type, if the body says one.
    public let type: EventType?
    /// Any one of them equal means a copy: product and notice id, and the content but for `noticeId` and `notifyMs`, which differ in copies.
    public let keys: [String]

    /// - Parameter body: Any bytes.
    public init(_ body: [UInt8]) {
        let document: JSONDocument
        do throws(UndecodableBody) {
            document = try JSONDocument(body)
        } catch {
            product = nil
            type = nil
            keys = ["bytes/" + Data(body).base64EncodedString()]
            return
        }
        let root = document.root
        let product = root.field("productId").flatMap(NumberText.int64)
        self.product = product
        type = AgoraEnvelope(root)?.type ?? root.field("EventType")?.text.map { EventType($0) }
        let notice = ["noticeId", "notificationId"].lazy.compactMap { root.field($0)?.text }.first
        var content = JSONValue(root)
        if case .object(var fields) = content {
            for name in ["noticeId", "notifyMs"] { fields[name] = nil }
            content = .object(fields)
        }
        keys = [notice.map { "notice/\(product ?? 0)/\($0)" }, "content/" + content.compactText].compactMap { $0 }
    }
}
