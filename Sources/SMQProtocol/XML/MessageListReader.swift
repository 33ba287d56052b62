/// Reads `Messages` and single `Message` documents of every kind in one pass, without a tree: the hot path.
///
/// Namespaces and unknown elements are passed over. An element that appears twice in a message, a number that is none, or
/// elements inside a value are errors.
final class MessageListReader: XMLSink {
    struct Document {
        /// Root `Messages`.
        var isBatch: Bool
        var messages: [MessageElement]
    }

    private enum Place {
        case outside, list, message, properties, property
    }

    private enum PropertyPart {
        case name, value, type
    }

    private var isBatch = false
    private var messages: [MessageElement] = []
    private var place = Place.outside
    private var message = MessageElement()
    private var property = MessageProperty(name: "", value: "")
    /// What is being collected in `value`.
    private var field: MessageElement.Field?
    private var propertyPart: PropertyPart?
    private var isReading = false
    private var value: [UInt8] = []
    /// Depth of an unknown element whose inside does not matter; 0 outside of such.
    private var unknown = 0
    private var areSystemProperties = false

    /// - Throws: `XMLError`; `unexpectedRoot` if this is neither a message nor a list of them.
    static func read(_ document: [UInt8]) throws(XMLError) -> Document {
        let reader = MessageListReader()
        try XMLParser.parse(document, into: reader)
        return Document(isBatch: reader.isBatch, messages: reader.messages)
    }

    override func begin(_ name: UnsafePointer<UInt8>) {
        if unknown > 0 { return }
        if isReading { return fail(.unexpected("element \(String(cString: name).shortened(to: 40)) inside a value")) }
        switch place {
        case .outside:
            if name.isText("Messages") {
                isBatch = true
                place = .list
                messages.reserveCapacity(SMQLimits.maximumBatch)
            } else if name.isText("Message") {
                place = .message
            } else {
                fail(.unexpectedRoot(String(cString: name)))
            }
        case .list:
            if name.isText("Message") {
                message = MessageElement()
                place = .message
            } else {
                unknown = depth
            }
        case .message: beginField(name)
        case .properties:
            if name.isText(areSystemProperties ? "SystemPropertyValue" : "PropertyValue") {
                property = MessageProperty(name: "", value: "")
                place = .property
            } else {
                unknown = depth
            }
        case .property:
            if name.isText("Name") {
                propertyPart = .name
            } else if name.isText("Value") {
                propertyPart = .value
            } else if name.isText("Type") {
                propertyPart = .type
            } else {
                unknown = depth
                return
            }
            isReading = true
        }
    }

    private func beginField(_ name: UnsafePointer<UInt8>) {
        guard let known = MessageElement.Field(name) else {
            unknown = depth
            return
        }
        switch known {
        case .userProperties, .systemProperties:
            areSystemProperties = known == .systemProperties
            place = .properties
        default:
            field = known
            isReading = true
        }
    }

    override func text(_ bytes: UnsafeBufferPointer<UInt8>) {
        if isReading && unknown == 0 { value.append(contentsOf: bytes) }
    }

    override func end() {
        if unknown > 0 {
            if depth == unknown { unknown = 0 }
            return
        }
        if isReading {
            isReading = false
            if let field {
                store(field)
                self.field = nil
            } else if let propertyPart {
                let text = String(decoding: value, as: UTF8.self)
                switch propertyPart {
                case .name: property.name = text
                case .value: property.value = text
                case .type: property.type = text
                }
                self.propertyPart = nil
            }
            value.removeAll(keepingCapacity: true)
            return
        }
        switch place {
        case .outside, .list: place = .outside
        case .message:
            messages.append(message)
            place = isBatch ? .list : .outside
        case .properties: place = .message
        case .property:
            if areSystemProperties { message.systemProperties.append(property) } else { message.userProperties.append(property) }
            place = .properties
        }
    }

    private func store(_ field: MessageElement.Field) {
        switch field {
        case .id: set(&message.id, field, text)
        case .bodyMD5: set(&message.bodyMD5, field, text)
        case .body:
            // The next value gets a buffer of its own: this one leaves with the message, at its exact size.
            set(&message.body, field, Array(value))
        case .receiptHandle: set(&message.receiptHandle, field, text)
        case .enqueueTime: set(&message.enqueueTime, field, number(field))
        case .firstDequeueTime: set(&message.firstDequeueTime, field, number(field))
        case .nextVisibleTime: set(&message.nextVisibleTime, field, number(field))
        case .dequeueCount: set(&message.dequeueCount, field, number(field))
        case .priority: set(&message.priority, field, number(field))
        case .delay: set(&message.delay, field, number(field))
        case .groupID: set(&message.groupID, field, text)
        case .errorCode: set(&message.errorCode, field, text)
        case .errorMessage: set(&message.errorMessage, field, text)
        case .userProperties, .systemProperties: break  // containers: no value of their own
        }
    }

    private func set<Value>(_ slot: inout Value?, _ field: MessageElement.Field, _ new: Value?) {
        guard slot == nil else { return fail(.unexpected("element \(field.name) appears twice")) }
        slot = new
    }

    /// Without blanks around it; nil if nothing is left.
    private var text: String? {
        let trimmed = trimmedValue
        return trimmed.isEmpty ? nil : String(decoding: trimmed, as: UTF8.self)
    }

    private func number(_ field: MessageElement.Field) -> Int64? {
        let digits = trimmedValue
        if digits.isEmpty { return nil }
        var number: Int64 = 0
        var rest = digits[...]
        let isNegative = rest.first == UInt8(ascii: "-")
        if isNegative { rest = rest.dropFirst() }
        for digit in rest {
            let (tens, overflow) = number.multipliedReportingOverflow(by: 10)
            let (sum, carry) = tens.addingReportingOverflow(Int64(digit) - 48)
            guard (48...57).contains(digit), !overflow, !carry else {
                fail(.unexpected("\(field.name) must be a whole number"))
                return nil
            }
            number = sum
        }
        if rest.isEmpty { fail(.unexpected("\(field.name) must be a whole number")) }
        return isNegative ? -number : number
    }

    private var trimmedValue: ArraySlice<UInt8> {
        var slice = value[...]
        while let first = slice.first, first.isASCIIBlank { slice.removeFirst() }
        while let last = slice.last, last.isASCIIBlank { slice.removeLast() }
        return slice
    }
}
