import Configuration
import Synchronization

/// Values from the environment and `worker.conf`, in that order, and the book of what was asked for and what was refused.
///
/// Sections are read through `ConfSection`; nothing is thrown until `finish()`, so that one start names every problem.
package final class ConfReader: Sendable {
    struct State {
        var problems: [ConfigurationProblem] = []
        var refused: Set<[String]> = []
        /// Every key asked for, in the order of asking.
        var asked: [[String]: EffectiveSetting] = [:]
        var order: [[String]] = []
        /// Sections opened, and tables whose children were listed.
        var sections: Set<[String]> = []
        /// Sections whose keys belong to somebody who is not there to ask for them.
        var unchecked: Set<[String]> = []
    }

    let file: ConfFile
    private let variables: [String: String]
    private let environment: EnvironmentVariablesProvider
    let state = Mutex(State())

    /// - Parameter environment: An empty value counts as not set: `WORKER_QUEUE= mediaworker run` gives the file's value back.
    init(file: ConfFile?, environment: [String: String]) {
        self.file = file ?? ConfFile()
        variables = environment.filter { !$0.value.isEmpty }
        self.environment = EnvironmentVariablesProvider(environmentVariables: variables)
    }

    /// The section `[path]`, there or not. Its keys can be given by the environment alone.
    package func section(_ path: String...) -> ConfSection { section(at: path) }

    func section(at path: [String]) -> ConfSection {
        state.withLock { _ = $0.sections.insert(path) }
        return ConfSection(reader: self, path: path)
    }

    /// The names of the tables `[path.NAME]` of the file, in the order of their lines. A variable cannot add one.
    package func tables(under path: String) -> [String] {
        state.withLock { _ = $0.sections.insert([path]) }
        return file.tables.filter { $0.count == 2 && $0[0] == path }
            .sorted { (file.origin(of: $0).rank, $0[1]) < (file.origin(of: $1).rank, $1[1]) }
            .map { $0[1] }
    }

    /// Every key asked for so far with its value (masked if secret) and origin.
    package var settings: [EffectiveSetting] {
        state.withLock { state in state.order.compactMap { state.asked[$0] } }
    }

    /// The variable that overrides a key: section and key in capitals, everything but letters and digits as `_`.
    static func environmentName(of path: [String]) -> String {
        String(path.joined(separator: "_").uppercased().map { $0.isLetter || $0.isNumber ? $0 : "_" })
    }

    // MARK: For ConfSection

    /// Looks a key up, environment first, and writes down that it was asked for.
    ///
    /// - Parameters:
    ///   - rule: The problem if the value is there and has another type.
    ///   - show: Makes the value fit to be shown.
    func find(
        _ path: [String], as type: ConfigType, rule: String, isSecret: Bool, show: (String) -> String
    ) -> ConfigContent? {
        let variable = Self.environmentName(of: path)
        func note(_ value: String?, _ origin: SettingOrigin) {
            let setting = EffectiveSetting(
                section: path.dropLast().joined(separator: "."), key: path.last ?? "",
                value: value.map { isSecret ? Secret.mask : $0 }, origin: origin, environmentName: variable, isSecret: isSecret)
            state.withLock { state in
                if state.asked.updateValue(setting, forKey: path) == nil { state.order.append(path) }
            }
        }
        do {
            if let text = variables[variable] {
                note(ShownText.plain(show(text)), .environment(variable))
                return try environment.value(forKey: AbsoluteConfigKey([variable]), type: type).value?.content
            }
            if let entry = file.entries[path] {
                let shown = if case .string(let text) = entry.content { ShownText.quoted(show(text)) } else { entry.shown }
                note(shown, file.origin(of: path))
                return try file.value(forKey: AbsoluteConfigKey(path), type: type).value?.content
            }
            note(nil, .default)
        } catch {
            // Both sources throw for one reason only: the value has another type.
            refuse(path, rule)
        }
        return nil
    }

    /// Whether the value that counts for a key is one text of the file: for keys that take one value or a list.
    func isOneText(_ path: [String]) -> Bool {
        guard variables[Self.environmentName(of: path)] == nil, case .string = file.entries[path]?.content else { return false }
        return true
    }

    /// Writes down the default of a key that is set nowhere.
    func noteDefault(_ path: [String], _ shown: String) {
        state.withLock { state in
            guard let setting = state.asked[path], setting.origin == .default else { return }
            state.asked[path] = EffectiveSetting(
                section: setting.section, key: setting.key, value: setting.isSecret ? Secret.mask : shown, origin: .default,
                environmentName: setting.environmentName, isSecret: setting.isSecret)
        }
    }

    func setting(_ path: [String]) -> EffectiveSetting? { state.withLock { $0.asked[path] } }

    func isRefused(_ path: [String]) -> Bool { state.withLock { $0.refused.contains(path) } }

    /// Writes down a problem with a key, with the value and the origin that `find` met.
    func refuse(_ path: [String], _ rule: String) {
        let setting = setting(path)
        let origin = setting?.origin ?? .default
        var key = Self.label(path)
        var rule = rule
        if origin == .default, setting?.value == nil { key += " (environment \(Self.environmentName(of: path)))" }
        if case .environment(let name) = origin, let text = variables[name], let hint = KubernetesHint.text(name: name, value: text) {
            rule += "; \(hint)"
        }
        let problem = ConfigurationProblem(origin: origin, key: key, value: setting?.value, rule: rule)
        state.withLock { state in
            state.refused.insert(path)
            state.problems.append(problem)
        }
    }

    /// `[worker] concurrency`; a key outside of all sections is the bare key.
    static func label(_ path: [String]) -> String {
        guard let key = path.last, path.count > 1 else { return path.first ?? "" }
        return "[\(path.dropLast().joined(separator: "."))] \(key)"
    }
}
