/// What tells one notification from another before it is an event: for whoever takes notifications in.
public struct NoticeIdentity: Sendable, Hashable {
    /// Agora's product number, however it is written; nil where it cannot be read.
    public let product: Int64?
    /// The event type, if the body says one.
    public let type: EventType?
    /// Any one of them equal means a copy: product and notice id, and the content but for `noticeId` and `notifyMs`, which differ in copies.
    public let keys: [[UInt8]]

    /// - Parameter body: Any bytes.
    public init(_ body: [UInt8]) {
        guard let root = Self.root(body) else {
            (product, type, keys) = (nil, nil, [Array("bytes/".utf8) + body])
            return
        }
        let product = root.field("productId").flatMap(NumberText.int64)
        self.product = product
        type = AgoraEnvelope(root)?.type ?? root.field("EventType")?.text.map { EventType($0) }
        var content = Array("content/".utf8)
        if root.isRewritten { content += body }
        for field in root.sortedFields where field.name.text != "noticeId" && field.name.text != "notifyMs" {
            Self.append(field.name, to: &content)
            Self.append(field.value, to: &content)
        }
        var keys = [content]
        let notice = ["noticeId", "notificationId"].lazy.compactMap { root.field($0)?.textOrNumber }.first
        if let product, let notice, !notice.isEmpty { keys.append(Array("notice/\(product)/\(notice)".utf8)) }
        self.keys = keys
    }

    /// Agora's product number alone: what the key is chosen by, before anything else is done for a stranger.
    public static func product(of body: [UInt8]) -> Int64? { root(body)?.field("productId").flatMap(NumberText.int64) }

    private static func root(_ body: [UInt8]) -> JSONNode? {
        do throws(UndecodableBody) { return try JSONDocument(body).root } catch { return nil }
    }

    /// Exactly what was said, whatever its blanks, its escapes, the order of its fields and the spelling of its numbers.
    private static func append(_ node: JSONNode, to content: inout [UInt8]) {
        let bytes = node.kind == .number ? DecimalNumber(node.bytes).text.map { Array($0.utf8) } ?? Array(node.bytes) : Array(node.bytes)
        content += Array("\(node.kind.rawValue):\(bytes.count):".utf8)
        content += bytes
        let parts = node.kind == .object ? node.sortedFields.flatMap { [$0.name, $0.value] } : node.parts
        if !parts.isEmpty { content += Array("\(parts.count)(".utf8) }
        for part in parts { append(part, to: &content) }
    }
}
