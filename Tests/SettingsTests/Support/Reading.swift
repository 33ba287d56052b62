import Settings

/// A configuration text as the worker reads it, with the problems it brings.
enum Reading {
    static let plugins = ["event-archive", "webhook-forwarder", "tally"]

    /// Reads the common sections; plugins are known by name and read nothing.
    static func load(_ text: String, environment: [String: String] = [:]) throws -> WorkerConfiguration {
        try WorkerConfiguration.read(
            ConfLoader.reader(name: "worker.conf", text: text, environment: environment), handlerNames: plugins
        ) { _, _ in }.configuration
    }

    /// The printed problems of a configuration, none if it is fine.
    static func problems(_ text: String, environment: [String: String] = [:]) -> [String] {
        do {
            _ = try load(text, environment: environment)
            return []
        } catch let error as ConfigurationError {
            return error.problems.map(\.description)
        } catch {
            return ["\(error)"]
        }
    }

    /// What one section gives and which problems come out of it.
    static func section<Value>(
        _ text: String, environment: [String: String] = [:], _ read: (ConfSection) -> Value
    ) throws -> (value: Value, problems: [String]) {
        let reader = try ConfLoader.reader(name: "worker.conf", text: text, environment: environment)
        let value = read(reader.section("test"))
        do throws(ConfigurationError) {
            try reader.finish()
            return (value, [])
        } catch {
            return (value, error.problems.map(\.description))
        }
    }
}
