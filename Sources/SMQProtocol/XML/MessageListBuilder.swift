/// Makes message lists, and single messages, of what the parser meets: of every kind, in one pass, without a tree.
///
/// Namespaces and unknown elements are passed over. An element that appears twice in a message, a number that is none, or
/// elements inside a value are errors; a root that is neither `Messages` nor `Message` is `unexpectedRoot`.
struct MessageListBuilder {
    private enum Place {
        case outside, list, message, properties, property
    }

    private enum PropertyPart {
        case name, value, type
    }

    /// What is being collected in `value`.
    private enum Reading {
        case nothing
        case field(MessageElement.Field)
        case property(PropertyPart)
    }

    /// Root `Messages`.
    private(set) var isBatch = false
    /// The last one is being read.
    private(set) var messages: [MessageElement] = []
    private var place = Place.outside
    private var reading = Reading.nothing
    private var value: [UInt8] = []
    private var property = MessageProperty(name: "", value: "")
    private var areSystemProperties = false
    /// Levels open inside an unknown element, itself included.
    private var unknownLevels = 0

    mutating func begin(_ name: UnsafePointer<UInt8>) -> XMLError? {
        if unknownLevels > 0 {
            unknownLevels += 1
            return nil
        }
        if case .nothing = reading {} else { return .unexpected("element \(String(cString: name).shortened(to: 40)) inside a value") }
        switch place {
        case .outside: return beginRoot(name)
        case .list: if name.isText("Message") { beginMessage() } else { unknownLevels = 1 }
        case .message: beginField(name)
        case .properties:
            if name.isText(areSystemProperties ? "SystemPropertyValue" : "PropertyValue") {
                property = MessageProperty(name: "", value: "")
                place = .property
            } else {
                unknownLevels = 1
            }
        case .property: beginPropertyPart(name)
        }
        return nil
    }

    private mutating func beginRoot(_ name: UnsafePointer<UInt8>) -> XMLError? {
        if name.isText("Messages") {
            isBatch = true
            place = .list
            messages.reserveCapacity(SMQLimits.maximumBatch)
        } else if name.isText("Message") {
            beginMessage()
        } else {
            return .unexpectedRoot(String(cString: name))
        }
        return nil
    }

    private mutating func beginMessage() {
        messages.append(MessageElement())
        place = .message
    }

    private mutating func beginField(_ name: UnsafePointer<UInt8>) {
        guard let field = MessageElement.Field(name) else {
            unknownLevels = 1
            return
        }
        if field == .userProperties || field == .systemProperties {
            areSystemProperties = field == .systemProperties
            place = .properties
        } else {
            reading = .field(field)
        }
    }

    private mutating func beginPropertyPart(_ name: UnsafePointer<UInt8>) {
        if name.isText("Name") {
            reading = .property(.name)
        } else if name.isText("Value") {
            reading = .property(.value)
        } else if name.isText("Type") {
            reading = .property(.type)
        } else {
            unknownLevels = 1
        }
    }

    mutating func text(_ bytes: UnsafeBufferPointer<UInt8>) {
        if unknownLevels > 0 { return }
        if case .nothing = reading { return }
        value.append(contentsOf: bytes)
    }

    mutating func end() -> XMLError? {
        if unknownLevels > 0 {
            unknownLevels -= 1
            return nil
        }
        switch reading {
        case .field(let field):
            reading = .nothing
            defer { value.removeAll(keepingCapacity: true) }
            return store(field)
        case .property(let part):
            reading = .nothing
            let text = String(decoding: value, as: UTF8.self)
            switch part {
            case .name: property.name = text
            case .value: property.value = text
            case .type: property.type = text
            }
            value.removeAll(keepingCapacity: true)
        case .nothing: leave()
        }
        return nil
    }

    private mutating func leave() {
        switch place {
        case .outside, .list: place = .outside
        case .message: place = isBatch ? .list : .outside
        case .properties: place = .message
        case .property:
            if areSystemProperties {
                messages[messages.count - 1].systemProperties.append(property)
            } else {
                messages[messages.count - 1].userProperties.append(property)
            }
            place = .properties
        }
    }

    private mutating func store(_ field: MessageElement.Field) -> XMLError? {
        let last = messages.count - 1
        switch field {
        case .id: return Self.set(&messages[last].id, to: text, field)
        case .bodyMD5: return Self.set(&messages[last].bodyMD5, to: text, field)
        case .body:
            // The bytes leave with the message; the next value gets a buffer of its own.
            var body: [UInt8] = []
            swap(&body, &value)
            return Self.set(&messages[last].body, to: body, field)
        case .receiptHandle: return Self.set(&messages[last].receiptHandle, to: text, field)
        case .groupID: return Self.set(&messages[last].groupID, to: text, field)
        case .errorCode: return Self.set(&messages[last].errorCode, to: text, field)
        case .errorMessage: return Self.set(&messages[last].errorMessage, to: text, field)
        case .enqueueTime, .firstDequeueTime, .nextVisibleTime, .dequeueCount, .priority, .delay: return storeNumber(field)
        case .userProperties, .systemProperties: return nil  // containers: no value of their own
        }
    }

    private mutating func storeNumber(_ field: MessageElement.Field) -> XMLError? {
        let number: Int64?
        switch value.withUnsafeBufferPointer({ Self.number($0.trimmed) }) {
        case .none: number = nil
        case .whole(let found): number = found
        case .broken: return .unexpected("\(field.name) must be a whole number")
        }
        let last = messages.count - 1
        switch field {
        case .enqueueTime: return Self.set(&messages[last].enqueueTime, to: number, field)
        case .firstDequeueTime: return Self.set(&messages[last].firstDequeueTime, to: number, field)
        case .nextVisibleTime: return Self.set(&messages[last].nextVisibleTime, to: number, field)
        case .dequeueCount: return Self.set(&messages[last].dequeueCount, to: number, field)
        case .priority: return Self.set(&messages[last].priority, to: number, field)
        default: return Self.set(&messages[last].delay, to: number, field)
        }
    }

    private static func set<Value>(_ slot: inout Value?, to new: Value?, _ field: MessageElement.Field) -> XMLError? {
        guard slot == nil else { return .unexpected("element \(field.name) appears twice") }
        slot = new
        return nil
    }

    /// The value without blanks around it; nil if nothing is left.
    private var text: String? {
        value.withUnsafeBufferPointer { bytes in
            let trimmed = bytes.trimmed
            return trimmed.isEmpty ? nil : String(decoding: trimmed, as: UTF8.self)
        }
    }

    private enum Number {
        case none, broken
        case whole(Int64)
    }

    private static func number(_ text: UnsafeBufferPointer<UInt8>) -> Number {
        if text.isEmpty { return .none }
        let isNegative = text[0] == UInt8(ascii: "-")
        var number: Int64 = 0
        var digits = 0
        for digit in isNegative ? text.dropFirst() : text[...] {
            let (tens, overflow) = number.multipliedReportingOverflow(by: 10)
            let (sum, carry) = tens.addingReportingOverflow(Int64(digit) - 48)
            guard 48 <= digit, digit <= 57, !overflow, !carry else { return .broken }
            number = sum
            digits += 1
        }
        if digits == 0 { return .broken }
        return .whole(isNegative ? -number : number)
    }
}

extension UnsafeBufferPointer<UInt8> {
    /// Without blanks at both ends.
    fileprivate var trimmed: UnsafeBufferPointer<UInt8> {
        var (start, end) = (0, count)
        while start < end, self[start].isASCIIBlank { start += 1 }
        while start < end, self[end - 1].isASCIIBlank { end -= 1 }
        return UnsafeBufferPointer(rebasing: self[start..<end])
    }
}
