import Foundation

/// Finds, reads and parses `worker.conf`.
package enum ConfLoader {
    /// Read from the working directory when no path is given.
    package static let defaultName = "worker.conf"

    /// - Parameters:
    ///   - path: The file that the user named; nil takes `worker.conf` of the working directory if it is there, else no file at all.
    ///   - environment: Variables by name. An empty value counts as not set.
    /// - Throws: `ConfigurationError` for a file that was named and cannot be read, that is no UTF-8, or that is no TOML.
    package static func load(path: String?, environment: [String: String]) throws(ConfigurationError) -> ConfReader {
        if path == nil, !FileManager.default.fileExists(atPath: defaultName) {
            return ConfReader(file: nil, environment: environment)
        }
        let name = path ?? defaultName
        return try reader(name: name, text: try contents(of: name), environment: environment)
    }

    /// The same for a text in hand.
    package static func reader(name: String, text: String, environment: [String: String]) throws(ConfigurationError) -> ConfReader {
        ConfReader(file: try ConfFile(name: name, text: text), environment: environment)
    }

    private static func contents(of path: String) throws(ConfigurationError) -> String {
        func refusing(_ rule: String) -> ConfigurationError {
            ConfigurationError([ConfigurationProblem(origin: .file(path, line: nil), rule: rule)])
        }
        var isDirectory: ObjCBool = false
        guard FileManager.default.fileExists(atPath: path, isDirectory: &isDirectory) else { throw refusing("there is no such file") }
        guard !isDirectory.boolValue else { throw refusing("is a directory, not a file") }
        guard let data = FileManager.default.contents(atPath: path) else {
            throw refusing("cannot be read: check its permissions")
        }
        guard let text = String(validating: data, as: UTF8.self) else { throw refusing("is not UTF-8 text") }
        return text
    }
}
