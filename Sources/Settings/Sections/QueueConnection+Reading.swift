extension QueueConnection {
    /// - Returns: The queues to work on: the tables `[queues.NAME]` in their order with `[smq]` as their defaults, or the one of `[smq]`;
    ///   and the key pair that a local server checks: that of `[smq]`, else the well-known one.
    static func readAll(_ reader: ConfReader) -> (queues: [QueueConnection], serverKey: AccessKey) {
        let base = Draft(reader.section("smq"), label: nil, base: nil)
        let serverKey = base.keys?.pair ?? .local
        let names = reader.tables(under: "queues")
        guard !names.isEmpty else { return ([base.connection()], serverKey) }
        var queues: [QueueConnection] = []
        for name in names {
            let section = reader.section("queues", name)
            let queue = Draft(section, label: name, base: base).connection()
            if let twin = queues.first(where: { $0.endpoint == queue.endpoint && $0.queue == queue.queue }) {
                section.refuse("queue", "is the same queue of the same endpoint as in [queues.\(twin.label)]")
            }
            queues.append(queue)
        }
        return (queues, serverKey)
    }

    /// A section as it was read, before the rules between its fields. Those apply to whole connections only: `[smq]` may be incomplete
    /// if every table under `[queues]` completes it.
    private struct Draft {
        struct Keys {
            let pair: AccessKey
            let token: Secret?
        }

        let section: ConfSection
        let label: String?
        let endpoint: QueueEndpoint
        let queue: String
        let keys: Keys?
        /// A problem with the keys is known already, here or in the section below.
        let keysAreRefused: Bool
        let signature: Signature
        let region: String?
        let caFile: String?
        let bodyEncoding: BodyEncoding

        init(_ section: ConfSection, label: String?, base: Draft?) {
            self.section = section
            self.label = label
            endpoint = section.endpoint("endpoint", default: base?.endpoint ?? QueueConnection.local.endpoint)
            queue = section.string("queue", default: label ?? QueueConnection.local.queue)
            signature = section.choice("signature", default: base?.signature ?? QueueConnection.local.signature)
            // A region belongs to its endpoint: a queue elsewhere does not inherit it.
            let inheritsPlace = base?.endpoint == endpoint
            region = section.string("region") ?? (inheritsPlace ? base?.region : nil)
            caFile = section.string("ca_file") ?? base?.caFile
            bodyEncoding = section.choice("body_encoding", default: base?.bodyEncoding ?? QueueConnection.local.bodyEncoding)
            keys = Self.keys(section) ?? base?.keys
            keysAreRefused = base?.keysAreRefused == true || Self.keyNames.contains(where: section.isRefused)
            if !section.isRefused("queue"), !QueueConnection.isQueueName(queue) {
                section.refuse("queue", "must be 1 to 120 letters, digits and \"-\", a letter or digit first")
            }
        }

        private static let keyNames = ["access_key_id", "access_key_secret"]

        /// Id, secret and token belong together: none of them is taken from another section than the rest.
        private static func keys(_ section: ConfSection) -> Keys? {
            let id = section.string("access_key_id")
            let secret = section.secret("access_key_secret")
            let token = section.secret("security_token")
            if let id, let secret { return Keys(pair: AccessKey(id: id, secret: secret), token: token) }
            let hasID = section.isSet("access_key_id")
            let hasSecret = section.isSet("access_key_secret")
            if hasID, !hasSecret { section.refuse("access_key_secret", "is needed with access_key_id") }
            if hasSecret, !hasID { section.refuse("access_key_id", "is needed with access_key_secret") }
            if token != nil, !hasID, !hasSecret {
                section.refuse("security_token", "needs the access_key_id and access_key_secret that it was given with")
            }
            return nil
        }

        /// The whole connection, its rules checked.
        func connection() -> QueueConnection {
            if keys == nil, !keysAreRefused, !endpoint.isLoopback {
                for key in Self.keyNames {
                    section.refuse(key, "is needed for \(endpoint); only a local server does without")
                }
            }
            let region = region ?? endpoint.region
            if signature == .v4, region == nil, !section.isRefused("region") {
                section.refuse("region", "is needed with signature = \"v4\" and cannot be told from \(endpoint)")
            }
            return QueueConnection(
                label: label ?? queue, endpoint: endpoint, queue: queue, accessKey: keys?.pair ?? .local, securityToken: keys?.token,
                signature: signature, region: region, caFile: caFile, bodyEncoding: bodyEncoding)
        }
    }

    /// - SeeAlso: Alibaba Cloud, Simple Message Queue (formerly MNS), CreateQueue.
    static func isQueueName(_ text: some StringProtocol) -> Bool {
        guard (1...120).contains(text.utf8.count), text.first != "-" else { return false }
        return text.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "-") }
    }
}
