/// Where index files of recordings are read from: a folder, a web address, or values in a test.
package protocol IndexSource: Sendable {
    /// The names in these folders of the storage, with the folders in front; each ends with `/`, the top is empty.
    /// - Returns: Nil if the source cannot list.
    func names(in folders: Set<String>) async throws(IndexSourceError) -> [String]?

    /// - Throws: `missing` if there is no such file.
    func read(_ name: String) async throws(IndexSourceError) -> [UInt8]

    /// Whether there is a file of this name, without reading it.
    func holds(_ name: String) async throws(IndexSourceError) -> Bool
}

/// A file that could not be had.
package enum IndexSourceError: Error, Sendable, Equatable {
    case missing
    /// The source itself fails: the next file would fail, too.
    case unreachable(String)
    /// This one file cannot be used.
    case refused(String)
}

/// Names of objects, before they are taken for names of files.
enum ObjectName {
    /// The longest that storages allow.
    private static let longest = 1024

    /// A relative path of plain names: nothing that leads elsewhere, no control characters.
    static func isSafe(_ name: String) -> Bool {
        guard !name.isEmpty, name.utf8.count <= longest, name.unicodeScalars.allSatisfy({ $0.properties.generalCategory != .control })
        else {
            return false
        }
        return name.split(separator: "/", omittingEmptySubsequences: false).allSatisfy { !$0.isEmpty && $0 != "." && $0 != ".." }
    }

    /// As a relative reference in a playlist or an address.
    static func encoded(_ name: String) -> String {
        name.split(separator: "/", omittingEmptySubsequences: false).map { PercentText.encoded(String($0)) }.joined(separator: "/")
    }
}
