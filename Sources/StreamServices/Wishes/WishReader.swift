import Foundation

/// One thing that is wanted.
package enum Wish: Sendable, Equatable {
    case stream(StreamWish)
    case show(RecordingWish)
}

/// Wishes as JSON: one, or an array of them. What no wish has is an error and not overlooked.
package enum WishReader {
    package struct Unreadable: Error, Sendable, CustomStringConvertible {
        package let description: String
    }

    /// A stream, or a show: what has a `cname` is one.
    private struct Either: Decodable {
        private struct Kind: Decodable { let cname: String? }

        let wish: Wish

        init(from decoder: any Decoder) throws {
            let isShow = try Kind(from: decoder).cname != nil
            wish = isShow ? .show(try RecordingWish(from: decoder)) : .stream(try StreamWish(from: decoder))
        }
    }

    package static func wishes(_ bytes: [UInt8]) throws -> [Wish] {
        let first = bytes.first { !" \t\r\n".utf8.contains($0) }
        let data = Data(bytes)
        do {
            try checkKeys(data)
            let decoder = JSONDecoder()
            let wishes =
                first == UInt8(ascii: "[") ? try decoder.decode([Either].self, from: data) : [try decoder.decode(Either.self, from: data)]
            return wishes.map(\.wish)
        } catch let error as DecodingError {
            throw Unreadable(description: words(error))
        }
    }

    /// A request for something that is wanted already, in the vendor's own words.
    package static func request<Request: Codable>(_ bytes: [UInt8], as type: Request.Type) throws -> Request {
        let data = Data(bytes)
        do {
            let request = try JSONDecoder().decode(type, from: data)
            let kept = try JSONSerialization.jsonObject(with: try JSONEncoder().encode(request))
            let unknown = unknownKeys(try JSONSerialization.jsonObject(with: data), kept).sorted()
            guard unknown.isEmpty else { throw Unreadable(description: "unknown \(unknown.joined(separator: ", "))") }
            return request
        } catch let error as DecodingError {
            throw Unreadable(description: words(error))
        }
    }

    /// What was given and is not in what was understood.
    private static func unknownKeys(_ given: Any, _ kept: Any) -> [String] {
        if let given = given as? [Any], let kept = kept as? [Any] { return zip(given, kept).flatMap { unknownKeys($0, $1) } }
        guard let given = given as? [String: Any], let kept = kept as? [String: Any] else { return [] }
        return given.filter { !($0.value is NSNull) }.flatMap { key, value in
            kept[key].map { unknownKeys(value, $0).map { "\(key).\($0)" } } ?? [key]
        }
    }

    /// A key that is misspelled would be a wish that is not fulfilled.
    private static func checkKeys(_ data: Data) throws {
        let streams: Set<String> = [
            "name", "region", "until", "keepUntil", "converter", "player", "hintAddress", "spareUids", "spareAccounts", "resumes",
            "backups", "isolated", "priorityField", "adopts",
        ]
        let shows: Set<String> = [
            "name", "cname", "mode", "uids", "backupUids", "until", "keepUntil", "acquire", "start", "registersWithin",
        ]
        let whole = try? JSONSerialization.jsonObject(with: data)
        for wish in whole as? [[String: Any]] ?? (whole as? [String: Any]).map({ [$0] }) ?? [] {
            let known = wish["cname"] == nil ? streams : shows
            let unknown = Set(wish.keys).subtracting(known).sorted()
            guard unknown.isEmpty else {
                let name = wish["name"] as? String ?? "a wish without a name"
                throw Unreadable(
                    description: "\(name): unknown \(unknown.joined(separator: ", ")); a wish has \(known.sorted().joined(separator: ", "))"
                )
            }
        }
    }

    private static func words(_ error: DecodingError) -> String {
        func path(_ context: DecodingError.Context) -> String {
            let path = context.codingPath.map { $0.intValue.map { "[\($0)]" } ?? $0.stringValue }.joined(separator: ".")
            return path.isEmpty ? "" : "`\(path)`: "
        }
        switch error {
        case .keyNotFound(let key, let context): return path(context) + "`\(key.stringValue)` is missing"
        case .typeMismatch(_, let context), .valueNotFound(_, let context), .dataCorrupted(let context):
            return path(context) + context.debugDescription
        @unknown default: return "it cannot be read as wishes"
        }
    }
}
