import SMQProtocol

/// Puts messages together for one call: up to 16, and 64 KiB of bodies, in order.
struct SendBatch {
    struct Item {
        let file: String
        let message: OutgoingMessage
    }

    static let maximumCount = 16
    static let maximumBytes = 65_536

    private var items: [Item] = []
    private var bytes = 0

    /// A body that is too large by itself makes a batch of its own, for the server to refuse.
    ///
    /// - Returns: What has to be sent first, when the item does not fit beside the ones that wait.
    mutating func add(_ item: Item) -> [Item] {
        let size = item.message.body.count
        let full = items.count == Self.maximumCount || bytes + size > Self.maximumBytes ? takeAll() : []
        items.append(item)
        bytes += size
        return full
    }

    mutating func takeAll() -> [Item] {
        defer { (items, bytes) = ([], 0) }
        return items
    }
}
