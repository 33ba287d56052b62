import Foundation
import Testing

@testable import StreamServices

/// One recorded exchange with Agora's REST APIs.
struct Exchange: Decodable, Sendable, CustomTestStringConvertible {
    let name: String
    let method: String
    let path: String
    let query: [String: String]?
    let requestBodyFile: String?
    let status: Int
    let responseHeaders: [String: String]?
    let responseBodyFile: String?

    var testDescription: String { name }

    static let appID = "9bdd1bebb0f3f919556d5410434d7ad4"

    static let all: [Exchange] = {
        struct File: Decodable { let exchanges: [Exchange] }
        guard let data = try? bytes("exchanges.json") else { return [] }
        return (try? JSONDecoder().decode(File.self, from: data))?.exchanges ?? []
    }()

    static func bytes(_ file: String) throws -> Data {
        let folder = try #require(Bundle.module.resourceURL).appendingPathComponent("Fixtures/rest")
        return try Data(contentsOf: folder.appendingPathComponent(file))
    }

    static func named(_ name: String) throws -> Exchange { try #require(all.first { $0.name == name }) }

    /// A part of the request's body, as its own type.
    func request<Part: Decodable>(_ key: String, as type: Part.Type) throws -> Part {
        let object = try requestObject()
        let part = try #require(object[key])
        return try JSONDecoder().decode(Part.self, from: try JSONSerialization.data(withJSONObject: part, options: .fragmentsAllowed))
    }

    func requestObject() throws -> [String: Any] {
        let data = try Self.bytes(try #require(requestBodyFile))
        return try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
    }

    func responseBytes() throws -> [UInt8] { try responseBodyFile.map { Array(try Self.bytes($0)) } ?? [] }

    /// The call says exactly what was recorded; its body has nothing more and nothing less.
    func expect(_ call: AgoraCall, adding: [String: Any] = [:], sourceLocation: SourceLocation = #_sourceLocation) throws {
        #expect(call.method == method && call.path == path, sourceLocation: sourceLocation)
        #expect(
            Dictionary(uniqueKeysWithValues: call.query.map { ($0.name, $0.value) }) == query ?? [:], sourceLocation: sourceLocation)
        guard requestBodyFile != nil else {
            #expect(call.body == nil, sourceLocation: sourceLocation)
            return
        }
        let body = try #require(call.body)
        let sent = try #require(try JSONSerialization.jsonObject(with: Data(body)) as? [String: Any])
        #expect(sent as NSDictionary == (try requestObject()) as NSDictionary, sourceLocation: sourceLocation)
    }
}
