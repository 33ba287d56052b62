/// What ListQueue asks for. The parameters travel as headers and are signed.
package struct QueueListRequest: Sendable, Equatable {
    /// Only names that begin so.
    package var prefix: String?
    /// `QueueList.nextMarker` of the answer before.
    package var marker: String?
    /// 1...1000 queues in one answer; nil takes the default, 1000.
    package var limit: Int?
    /// Whether each queue also carries its attributes.
    package var withAttributes: Bool

    package init(prefix: String? = nil, marker: String? = nil, limit: Int? = nil, withAttributes: Bool = false) {
        self.prefix = prefix
        self.marker = marker
        self.limit = limit
        self.withAttributes = withAttributes
    }
}

/// One answer of ListQueue.
package struct QueueList: Sendable, Equatable {
    package struct Entry: Sendable, Equatable {
        /// `http://{accountId}.mns.{region}.aliyuncs.com/queues/{name}`, with `http` even when asked over https.
        package var url: String
        /// Only when asked for.
        package var attributes: QueueAttributes?

        package init(url: String, attributes: QueueAttributes? = nil) {
            self.url = url
            self.attributes = attributes
        }

        /// The last piece of `url`.
        package var name: String { url.split(separator: "/").last.map(String.init) ?? "" }
    }

    package var queues: [Entry]
    /// Present only when more follow: pass it as `QueueListRequest.marker`.
    package var nextMarker: String?

    package init(queues: [Entry], nextMarker: String? = nil) {
        self.queues = queues
        self.nextMarker = nextMarker
    }
}
