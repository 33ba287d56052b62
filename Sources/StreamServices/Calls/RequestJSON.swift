import Foundation

enum RequestJSON {
    /// One line, names sorted, slashes as they are.
    static func bytes(_ value: some Encodable) -> [UInt8] {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        do {
            return Array(try encoder.encode(value))
        } catch {
            // Texts, finite numbers and truth values alone are in our requests.
            preconditionFailure("a request could not be written as JSON: \(error)")
        }
    }
}
