extension QueueOperation {
    /// Refuses what the service would refuse for its value alone: names, ranges, counts, sizes.
    ///
    /// - Throws: `InvalidQueueName`, `QueueNameLengthError` or `InvalidArgument`, naming the value and its range.
    package func checkLimits() throws(ProtocolRefusal) {
        if let queue { try Self.check(queueName: queue) }
        switch self {
        case .createQueue(_, let settings), .setAttributes(let settings, _): try Self.check(settings)
        case .listQueues(let request): try Self.check("x-mns-ret-number", request.limit, SMQLimits.listedQueues)
        case .send(let message, _):
            try Self.check(message)
            try Self.check(bytes: message.body.count, of: "The message body")
        case .batchSend(let messages, _):
            try Self.check(count: messages.count, of: "messages")
            for message in messages { try Self.check(message) }
            try Self.check(bytes: messages.reduce(0) { $0 + $1.body.count }, of: "The bodies of the batch")
        case .receive(_, let wait): try Self.check("waitseconds", wait, SMQLimits.wait)
        case .batchReceive(_, let maximum, let wait):
            try Self.check("numOfMessages", maximum, 1...SMQLimits.maximumBatch)
            try Self.check("waitseconds", wait, SMQLimits.wait)
        case .batchPeek(_, let maximum): try Self.check("numOfMessages", maximum, 1...SMQLimits.maximumBatch)
        case .batchDelete(let handles, _): try Self.check(count: handles.count, of: "receipt handles")
        case .changeVisibility(_, let timeout, _): try Self.check("VisibilityTimeout", timeout, SMQLimits.visibilityTimeout)
        case .deleteQueue, .getAttributes, .peek, .delete: break
        }
    }

    /// 1...120 ASCII letters, digits and `-`, beginning with a letter or a digit.
    package static func check(queueName name: String) throws(ProtocolRefusal) {
        guard name.utf8.count <= SMQLimits.queueNameLength else {
            throw ProtocolRefusal(.queueNameLengthError, "The queue name has more than \(SMQLimits.queueNameLength) characters.")
        }
        guard let first = name.utf8.first, first.isASCIILetterOrDigit,
            name.utf8.allSatisfy({ $0.isASCIILetterOrDigit || $0 == UInt8(ascii: "-") })
        else {
            throw ProtocolRefusal(
                .invalidQueueName,
                "The queue name \"\(name.shortened(to: 40))\" must begin with a letter or digit and hold only letters, digits and -.")
        }
    }

    private static func check(_ settings: QueueSettings) throws(ProtocolRefusal) {
        try check("DelaySeconds", settings.delay, SMQLimits.delay)
        try check("MaximumMessageSize", settings.maximumMessageSize, SMQLimits.maximumMessageSize)
        try check("MessageRetentionPeriod", settings.retention, SMQLimits.retention)
        try check("VisibilityTimeout", settings.visibilityTimeout, SMQLimits.visibilityTimeout)
        try check("PollingWaitSeconds", settings.pollingWait, SMQLimits.wait)
    }

    private static func check(_ message: OutgoingMessage) throws(ProtocolRefusal) {
        if let problem = XMLText.problem(in: message.body) {
            throw ProtocolRefusal(
                .invalidArgument, "The message body \(problem), which XML cannot carry; encode it, for instance in base64.")
        }
        try check("DelaySeconds", message.delay, SMQLimits.delay)
        try check("Priority", message.priority, SMQLimits.priority)
        try check(text: message.groupID ?? "", of: "MessageGroupId")
        guard message.userProperties.count <= SMQLimits.userProperties else {
            throw ProtocolRefusal(.invalidArgument, "A message has at most \(SMQLimits.userProperties) user properties.")
        }
        var names: Set<String> = []
        for property in message.userProperties {
            try check(property)
            guard names.insert(property.name).inserted else {
                throw ProtocolRefusal(.invalidArgument, "The user property \(property.name) appears twice.")
            }
        }
        for property in message.systemProperties { try check(property) }
    }

    private static func check(_ property: MessageProperty) throws(ProtocolRefusal) {
        let name = property.name
        let isGood = name.utf8.allSatisfy {
            $0.isASCIILetterOrDigit || $0 == UInt8(ascii: "_") || $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: ".")
        }
        guard isGood, (1...SMQLimits.propertyNameLength).contains(name.utf8.count) else {
            throw ProtocolRefusal(
                .invalidArgument,
                "The property name \"\(name.shortened(to: 40))\" must be 1 to \(SMQLimits.propertyNameLength) letters, digits, _, - and .")
        }
        guard property.value.count <= SMQLimits.propertyValueLength else {
            throw ProtocolRefusal(
                .invalidArgument, "The value of property \(name) has more than \(SMQLimits.propertyValueLength) characters.")
        }
        guard ["STRING", "NUMBER", "BOOLEAN", "BINARY"].contains(property.type) else {
            throw ProtocolRefusal(.invalidArgument, "The type of property \(name) must be STRING, NUMBER, BOOLEAN or BINARY.")
        }
        guard fits(property) else {
            throw ProtocolRefusal(.invalidArgument, "The value of property \(name) is no \(property.type).")
        }
        try check(text: property.value, of: "The value of property \(name)")
    }

    private static func check(text: String, of what: String) throws(ProtocolRefusal) {
        if let problem = XMLText.problem(in: Array(text.utf8)) { throw ProtocolRefusal(.invalidArgument, "\(what) \(problem).") }
    }

    private static func check(bytes: Int, of what: String) throws(ProtocolRefusal) {
        guard bytes <= SMQLimits.maximumMessageBytes else {
            throw ProtocolRefusal(.invalidArgument, "\(what) may have \(SMQLimits.maximumMessageBytes) bytes in all, not \(bytes).")
        }
    }

    private static func check(count: Int, of what: String) throws(ProtocolRefusal) {
        guard (1...SMQLimits.maximumBatch).contains(count) else {
            throw ProtocolRefusal(.invalidArgument, "A batch holds 1 to \(SMQLimits.maximumBatch) \(what), not \(count).")
        }
    }

    private static func check(_ name: String, _ value: Int?, _ range: ClosedRange<Int>) throws(ProtocolRefusal) {
        guard let value, !range.contains(value) else { return }
        throw ProtocolRefusal(.invalidArgument, "\(name) must be between \(range.lowerBound) and \(range.upperBound), not \(value).")
    }

    private static func check(_ name: String, _ value: Duration?, _ range: ClosedRange<Duration>) throws(ProtocolRefusal) {
        guard let value, !range.contains(value) else { return }
        let (lower, upper) = (range.lowerBound.components.seconds, range.upperBound.components.seconds)
        throw ProtocolRefusal(.invalidArgument, "\(name) must be between \(lower) and \(upper) seconds, not \(value.secondsText).")
    }

    /// Whole groups of four, the last one padded.
    private static func isBase64(_ text: String.UTF8View) -> Bool {
        let digits = text.prefix { $0.isASCIILetterOrDigit || $0 == UInt8(ascii: "+") || $0 == UInt8(ascii: "/") }
        let padding = text.dropFirst(digits.count)
        return text.count.isMultiple(of: 4) && padding.count <= 2 && padding.allSatisfy { $0 == UInt8(ascii: "=") }
    }

    /// What the type says of the value: a number, `true` or `false`, base64.
    private static func fits(_ property: MessageProperty) -> Bool {
        switch property.type {
        case "NUMBER": Double(property.value).map { $0.isFinite } ?? false
        case "BOOLEAN": ["true", "false"].contains(property.value.lowercased())
        case "BINARY": isBase64(property.value.utf8)
        default: true
        }
    }
}

extension Duration {
    /// `30` for whole seconds, `0.5` for others.
    fileprivate var secondsText: String {
        components.attoseconds == 0 ? "\(components.seconds)" : "\(self / .seconds(1))"
    }
}
