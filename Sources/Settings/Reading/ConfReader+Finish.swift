import Synchronization

extension ConfReader {
    /// Ends the reading: call it after every section has been read.
    ///
    /// Adds what nobody asked for: keys and sections of the file that are unknown. Variables that match no key are no problem.
    /// - Throws: `ConfigurationError` with all problems of all sections.
    package func finish() throws(ConfigurationError) {
        let state = state.withLock { $0 }
        let problems = state.problems + unknownSections(state) + unknownKeys(state)
        guard problems.isEmpty else { throw ConfigurationError(problems) }
    }

    private func unknownSections(_ state: State) -> [ConfigurationProblem] {
        let known = (state.sections.union(state.unchecked)).map { $0.joined(separator: ".") }
        return file.tables.sorted { $0.lexicographicallyPrecedes($1) }.compactMap { path -> ConfigurationProblem? in
            let parent = Array(path.dropLast())
            guard !state.isKnownTable(path), parent.isEmpty || state.isKnownTable(parent) else { return nil }
            let name = path.joined(separator: ".")
            let rule =
                if state.asked[path] != nil {
                    "\(path.last ?? name) is a key of [\(parent.joined(separator: "."))], not a section"
                } else if let near = Suggestion.nearest(to: name, among: known) {
                    "unknown section; did you mean [\(near)]?"
                } else {
                    "unknown section"
                }
            return ConfigurationProblem(origin: file.origin(of: path), key: "[\(name)]", rule: rule)
        }
    }

    private func unknownKeys(_ state: State) -> [ConfigurationProblem] {
        file.entries.sorted { $0.key.lexicographicallyPrecedes($1.key) }.compactMap { path, entry -> ConfigurationProblem? in
            let section = Array(path.dropLast())
            guard state.asked[path] == nil, section.isEmpty || state.isKnownTable(section), !state.isUnchecked(path) else {
                return nil
            }
            // No value: a misspelt secret is still a secret.
            return ConfigurationProblem(
                origin: file.origin(of: path), key: Self.label(path), rule: unknownKeyRule(path, entry, state))
        }
    }

    private func unknownKeyRule(_ path: [String], _ entry: ConfFile.Entry, _ state: State) -> String {
        let section = Array(path.dropLast())
        let key = path.last ?? ""
        let name = path.joined(separator: ".")
        if state.isKnownTable(path) {
            return entry.isArrayOfTables || path == ["queues"]
                ? "must be tables with a name: [\(name).NAME]" : "is a section: write [\(name)] and its keys below"
        }
        if let near = Suggestion.nearest(to: key, among: state.asked.keys.filter { $0.dropLast() == section[...] }.compactMap(\.last)) {
            return "unknown key; did you mean \(near)?"
        }
        let homes = state.asked.keys.filter { $0.last == key }.map { $0.dropLast().joined(separator: ".") }.sorted()
        if let home = homes.first { return "unknown key here; it belongs in [\(home)]" }
        return section.isEmpty ? "unknown key; every key belongs in a section" : "unknown key"
    }
}

extension ConfReader.State {
    func isUnchecked(_ path: [String]) -> Bool { unchecked.contains { path.starts(with: $0) } }

    /// Opened, on the way to an opened one, or not checked.
    func isKnownTable(_ path: [String]) -> Bool {
        isUnchecked(path) || sections.contains { $0.starts(with: path) } || unchecked.contains { $0.starts(with: path) }
    }
}
