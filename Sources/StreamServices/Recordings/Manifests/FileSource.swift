/// From where the name of a recording's file is known.
enum FileSource: Hashable, Sendable, Comparable, CustomStringConvertible {
    /// A notification, by its number.
    case event(Int64)
    /// An answer of `query` or `stop`.
    case query
    /// The index file that lists the slice.
    case indexFile
    /// The folder that index files are read from.
    case folder

    var description: String {
        switch self {
        case .event(let number): "event \(number)"
        case .query: "query"
        case .indexFile: "index file"
        case .folder: "folder"
        }
    }
}
