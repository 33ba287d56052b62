import Foundation
import Testing

@testable import AgoraSimulator

/// Keys and types of a document, its values left out.
indirect enum Shape: Hashable, CustomStringConvertible {
    case null, truth, number, text
    case list(Set<Shape>)
    case object([String: Shape])

    init(_ value: JSONValue) {
        switch value {
        case .null: self = .null
        case .bool: self = .truth
        case .integer, .number: self = .number
        case .string: self = .text
        case .array(let elements): self = .list(Set(elements.map(Shape.init)))
        case .object(let members): self = .object(members.mapValues(Shape.init))
        }
    }

    var description: String {
        switch self {
        case .null: "null"
        case .truth: "truth"
        case .number: "number"
        case .text: "text"
        case .list(let shapes): "[\(shapes.map(\.description).sorted().joined(separator: " | "))]"
        case .object(let members): "{\(members.sorted { $0.key < $1.key }.map { "\($0.key): \($0.value)" }.joined(separator: ", "))}"
        }
    }
}

/// The recorded exchanges and notifications that other tests have.
enum Fixture {
    private static let tests = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()

    static func rest(_ name: String) throws -> JSONValue {
        let file = tests.appendingPathComponent("StreamServicesTests/Fixtures/rest/\(name).json")
        return try JSONValue(parsing: Array(try Data(contentsOf: file)))
    }

    static func notice(_ name: String) throws -> JSONValue {
        let file = tests.appendingPathComponent("MediaEventsTests/Fixtures/\(name).json")
        return try JSONValue(parsing: Array(try Data(contentsOf: file)))
    }
}

/// Statuses, keys and types are those of a recorded exchange.
func expect(_ answer: APIAnswer, like name: String, sourceLocation: SourceLocation = #_sourceLocation) throws {
    let exchanges = try #require(try Fixture.rest("exchanges")["exchanges"]?.elements)
    let exchange = try #require(exchanges.first { $0["name"]?.text == name }, "no exchange \(name)")
    #expect(answer.status == exchange["status"]?.whole.map(Int.init), sourceLocation: sourceLocation)
    guard let file = exchange["responseBodyFile"]?.text else {
        #expect(answer.body == nil, sourceLocation: sourceLocation)
        return
    }
    let recorded = try Fixture.rest(String(file.dropLast(5)))
    #expect(Shape(try #require(answer.body)) == Shape(recorded), "\(name)", sourceLocation: sourceLocation)
    for key in ["message", "reason", "code", "fields"] { #expect(answer.body?[key] == recorded[key], sourceLocation: sourceLocation) }
}
