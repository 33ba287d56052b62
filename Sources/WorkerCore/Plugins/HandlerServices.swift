/// What the program offers to its handlers beyond their settings, each thing by the type under which it is asked for.
package struct HandlerServices: Sendable {
    private var values: [ObjectIdentifier: any Sendable] = [:]

    package init() {}

    package subscript<Service>(_ type: Service.Type) -> Service? {
        values[ObjectIdentifier(type)] as? Service
    }

    package mutating func offer<Service: Sendable>(_ service: Service, as type: Service.Type = Service.self) {
        values[ObjectIdentifier(type)] = service
    }
}
