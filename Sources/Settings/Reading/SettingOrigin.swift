/// Where a value came from.
package enum SettingOrigin: Sendable, Equatable, CustomStringConvertible {
    /// The program's own default; also the place of a key that is needed and set nowhere.
    case `default`
    /// A file as the user named it; nil line for the file as a whole, nil column unless the parser gave one. Both count from 1.
    case file(String, line: Int?, column: Int? = nil)
    /// An environment variable.
    case environment(String)

    package var description: String {
        switch self {
        case .default: "default"
        case .file(let name, let line, let column): ([name] + [line, column].compactMap { $0.map(String.init) }).joined(separator: ":")
        case .environment(let name): "environment \(name)"
        }
    }

    /// The order in which problems are listed.
    var rank: Int {
        switch self {
        case .file(_, let line, _): line ?? 0
        case .environment: Int.max - 1
        case .default: Int.max
        }
    }
}
