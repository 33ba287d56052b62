/// All that a `Message` element may hold, in any of its uses: sent, received, peeked, or as an entry of a batch send's answer.
struct MessageElement {
    var id: String?
    var bodyMD5: String?
    var body: [UInt8]?
    var receiptHandle: String?
    /// Unix milliseconds, like the two after it.
    var enqueueTime: Int64?
    var firstDequeueTime: Int64?
    var nextVisibleTime: Int64?
    var dequeueCount: Int64?
    var priority: Int64?
    /// Seconds.
    var delay: Int64?
    var groupID: String?
    var errorCode: String?
    var errorMessage: String?
    var userProperties: [MessageProperty] = []
    var systemProperties: [MessageProperty] = []

    /// The elements of a `Message`, and those of a property.
    enum Field {
        case id, bodyMD5, body, receiptHandle, enqueueTime, firstDequeueTime, nextVisibleTime, dequeueCount, priority, delay, groupID
        case errorCode, errorMessage, userProperties, systemProperties

        var name: StaticString {
            switch self {
            case .id: "MessageId"
            case .bodyMD5: "MessageBodyMD5"
            case .body: "MessageBody"
            case .receiptHandle: "ReceiptHandle"
            case .enqueueTime: "EnqueueTime"
            case .firstDequeueTime: "FirstDequeueTime"
            case .nextVisibleTime: "NextVisibleTime"
            case .dequeueCount: "DequeueCount"
            case .priority: "Priority"
            case .delay: "DelaySeconds"
            case .groupID: "MessageGroupId"
            case .errorCode: "ErrorCode"
            case .errorMessage: "ErrorMessage"
            case .userProperties: "UserProperties"
            case .systemProperties: "SystemProperties"
            }
        }

        /// By length first: at most three names have the same one.
        init?(_ name: UnsafePointer<UInt8>) {
            switch name.textLength {
            case 8 where name.isText("Priority"): self = .priority
            case 9 where name.isText("MessageId"): self = .id
            case 9 where name.isText("ErrorCode"): self = .errorCode
            case 11 where name.isText("MessageBody"): self = .body
            case 11 where name.isText("EnqueueTime"): self = .enqueueTime
            case 12 where name.isText("DequeueCount"): self = .dequeueCount
            case 12 where name.isText("DelaySeconds"): self = .delay
            case 12 where name.isText("ErrorMessage"): self = .errorMessage
            case 13 where name.isText("ReceiptHandle"): self = .receiptHandle
            case 14 where name.isText("MessageBodyMD5"): self = .bodyMD5
            case 14 where name.isText("UserProperties"): self = .userProperties
            case 14 where name.isText("MessageGroupId"): self = .groupID
            case 15 where name.isText("NextVisibleTime"): self = .nextVisibleTime
            case 16 where name.isText("FirstDequeueTime"): self = .firstDequeueTime
            case 16 where name.isText("SystemProperties"): self = .systemProperties
            default: return nil
            }
        }
    }
}

extension UnsafePointer<UInt8> {
    /// Bytes before the NUL.
    var textLength: Int {
        var length = 0
        while self[length] != 0 { length += 1 }
        return length
    }

    func isText(_ text: StaticString) -> Bool {
        text.withUTF8Buffer { text in
            for index in 0..<text.count where self[index] != text[index] { return false }  // the NUL differs, too
            return self[text.count] == 0
        }
    }
}
