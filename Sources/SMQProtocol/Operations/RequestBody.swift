import Crypto

/// The server's reading of request bodies.
enum RequestBody {
    /// Type and digest, before anything is made of the body.
    ///
    /// - Throws: `InvalidContentType` unless a body's type is XML or not stated; `InvalidDegist` if `Content-MD5` is neither the
    ///   base64 of the 16 digest bytes (RFC 1864) nor that of their 32 lower-case hex characters, as several clients send it.
    static func check(_ request: WireRequest) throws(ProtocolRefusal) {
        if !request.body.isEmpty, let type = request.header("Content-Type"),
            !type.beginsWith(ignoringCase: "text/xml"), !type.beginsWith(ignoringCase: "application/xml")
        {
            throw ProtocolRefusal(.invalidContentType, "The content type must be text/xml or application/xml.")
        }
        guard let given = request.header("Content-MD5") else { return }
        var hash = Insecure.MD5()
        request.body.withUnsafeBytes { hash.update(bufferPointer: $0) }
        let isRight = hash.finalize().withUnsafeBytes { digest in
            if given == Base64.text(of: digest) { return true }
            var hex = Base16.text(of: digest, digits: Base16.lower)
            return given == hex.withUTF8 { Base64.text(of: UnsafeRawBufferPointer($0)) }
        }
        if !isRight { throw ProtocolRefusal(.invalidDegist, "The Content-MD5 you specified did not match what we received.") }
    }

    /// Root `Queue`, every element optional; no body is no setting.
    static func settings(_ body: [UInt8]) throws(ProtocolRefusal) -> QueueSettings {
        if body.isEmpty { return QueueSettings() }
        return try reading { () throws(XMLError) in
            let root = try XMLParser.tree(of: body)
            guard root.name == "Queue" else { throw .unexpectedRoot(root.name) }
            return QueueSettings(
                delay: try root.integer(of: "DelaySeconds").map { .seconds($0) },
                maximumMessageSize: try root.integer(of: "MaximumMessageSize"),
                retention: try root.integer(of: "MessageRetentionPeriod").map { .seconds($0) },
                visibilityTimeout: try root.integer(of: "VisibilityTimeout").map { .seconds($0) },
                pollingWait: try root.integer(of: "PollingWaitSeconds").map { .seconds($0) },
                loggingEnabled: try root.boolean(of: "LoggingEnabled"))
        }
    }

    /// Root `Message` or `Messages`; each message needs a body that says something (Python's decoders refuse an empty one).
    static func messages(_ body: [UInt8]) throws(ProtocolRefusal) -> (messages: [OutgoingMessage], isBatch: Bool) {
        try reading { () throws(XMLError) in
            let document = try XMLParser.messageList(in: body)
            var messages: [OutgoingMessage] = []
            for element in document.messages {
                guard let body = element.body, !body.isEmpty else { throw .unexpected("element MessageBody is missing or empty") }
                messages.append(
                    OutgoingMessage(
                        body: body, delay: element.delay.map { .seconds($0) }, priority: element.priority.map { Int(clamping: $0) },
                        userProperties: element.userProperties, systemProperties: element.systemProperties, groupID: element.groupID))
            }
            return (messages, document.isBatch)
        }
    }

    /// Root `ReceiptHandles`. An empty handle is an entry like any other: it fails alone.
    static func handles(_ body: [UInt8]) throws(ProtocolRefusal) -> [ReceiptHandle] {
        try reading { () throws(XMLError) in
            let root = try XMLParser.tree(of: body)
            guard root.name == "ReceiptHandles" else { throw .unexpectedRoot(root.name) }
            var handles: [ReceiptHandle] = []
            for child in root.children where child.name == "ReceiptHandle" { handles.append(ReceiptHandle(try child.value())) }
            return handles
        }
    }

    private static func reading<Value>(_ read: () throws(XMLError) -> Value) throws(ProtocolRefusal) -> Value {
        do throws(XMLError) { return try read() } catch { throw ProtocolRefusal(error) }
    }
}
