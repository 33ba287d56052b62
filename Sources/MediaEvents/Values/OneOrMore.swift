/// One object, or an array of them, as it arrived.
public enum OneOrMore<Element: VendorObject>: Sendable, Hashable, Encodable {
    case one(Element)
    case array([Element])

    public var all: [Element] {
        switch self {
        case .one(let element): [element]
        case .array(let elements): elements
        }
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        switch self {
        case .one(let element): try container.encode(element)
        case .array(let elements): try container.encode(elements)
        }
    }
}
