import SMQProtocol

/// How messages are put together for one call: up to 16, and 64 KiB of bodies.
enum SendBatch {
    struct Item {
        let file: String
        let message: OutgoingMessage
    }

    static let maximumCount = 16
    static let maximumBytes = 65_536

    /// In order. A body that is too large by itself makes a batch of its own, for the server to refuse.
    static func batches(of items: [Item]) -> [[Item]] {
        var batches: [[Item]] = []
        var bytes = 0
        for item in items {
            let size = item.message.body.count
            if let last = batches.indices.last, batches[last].count < maximumCount, bytes + size <= maximumBytes {
                batches[last].append(item)
                bytes += size
            } else {
                batches.append([item])
                bytes = size
            }
        }
        return batches
    }
}
