import Foundation

/// Wishes as JSON: one, or an array of them. What no wish has is an error and not overlooked.
package enum WishReader {
    package struct Unreadable: Error, Sendable, CustomStringConvertible {
        package let description: String
    }

    package static func wishes(_ bytes: [UInt8]) throws -> [StreamWish] {
        let first = bytes.first { !" \t\r\n".utf8.contains($0) }
        let data = Data(bytes)
        do {
            try checkKeys(data)
            return first == UInt8(ascii: "[")
                ? try JSONDecoder().decode([StreamWish].self, from: data) : [try JSONDecoder().decode(StreamWish.self, from: data)]
        } catch let error as DecodingError {
            throw Unreadable(description: words(error))
        }
    }

    /// A key that is misspelled would be a wish that is not fulfilled.
    private static func checkKeys(_ data: Data) throws {
        let known: Set<String> = [
            "name", "region", "until", "keepUntil", "converter", "player", "hintAddress", "spareUids", "spareAccounts", "resumes",
            "backups", "isolated", "priorityField", "adopts",
        ]
        let whole = try? JSONSerialization.jsonObject(with: data)
        for wish in whole as? [[String: Any]] ?? (whole as? [String: Any]).map({ [$0] }) ?? [] {
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
