import SMQProtocol

/// A user property in a JSON column.
struct StoredProperty: Codable {
    var name: String
    var value: String
    var type: String

    init(_ property: MessageProperty) {
        name = property.name
        value = property.value
        type = property.type
    }

    var property: MessageProperty { MessageProperty(name: name, value: value, type: type) }
}
