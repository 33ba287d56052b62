import Foundation

/// JSON in columns, properties and output: compact, keys sorted, slashes as they are, times as `StoredTime` writes them.
enum StoredJSON {
    static func bytes(_ value: some Encodable) throws -> [UInt8] {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        encoder.dateEncodingStrategy = .custom { date, encoder in
            var container = encoder.singleValueContainer()
            try container.encode(StoredTime.text(date))
        }
        return [UInt8](try encoder.encode(value))
    }

    static func text(_ value: some Encodable) throws -> String { String(decoding: try bytes(value), as: UTF8.self) }

    static func value<Value: Decodable>(_ text: String, as type: Value.Type = Value.self) throws -> Value {
        let decoder = JSONDecoder()
        decoder.dateDecodingStrategy = .custom { decoder in
            let container = try decoder.singleValueContainer()
            guard let date = StoredTime.date(try container.decode(String.self)) else {
                throw DecodingError.dataCorruptedError(in: container, debugDescription: "no ISO 8601 time")
            }
            return date
        }
        return try decoder.decode(type, from: Data(text.utf8))
    }
}
