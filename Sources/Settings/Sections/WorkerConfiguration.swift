/// Everything that a start needs to know, complete and checked.
package struct WorkerConfiguration: Sendable {
    /// The queues to work on, at least one, no two the same.
    package var queues: [QueueConnection]
    package var worker: WorkerSection
    package var deadLetters: DeadLettersSection
    package var bridge: BridgeSection
    package var agora: AgoraSection
    /// Names of the plugins that are on.
    package var enabledHandlers: [String]
    /// The key pair that `mediaworker serve` checks: that of `[smq]`, else the local server's own.
    package var serverKey: AccessKey
    /// Every key that was read with its value (masked if secret) and where it came from.
    package var settings: [EffectiveSetting]

    /// Reads file and environment, for commands that run no handlers: `[handlers]` is taken unread.
    package static func load(path: String?, environment: [String: String]) throws(ConfigurationError) -> WorkerConfiguration {
        try read(ConfLoader.load(path: path, environment: environment), handlerNames: nil) { _, _ in }.configuration
    }

    /// Reads file and environment, and lets the plugins that are on read their sections.
    ///
    /// - Parameters:
    ///   - path: The file that the user named; nil takes `./worker.conf` if it is there, else defaults.
    ///   - environment: Variables by name; they override the file.
    ///   - handlerNames: The names of all plugins, on or off.
    ///   - readHandlers: Makes the plugins. Problems go to their sections. The result is handed out only if nothing at all was refused.
    /// - Throws: One `ConfigurationError` with every problem of every section.
    package static func load<Handlers>(
        path: String?, environment: [String: String], handlerNames: [String],
        readHandlers: (HandlersSection, WorkerSection) -> Handlers
    ) throws(ConfigurationError) -> (configuration: WorkerConfiguration, handlers: Handlers) {
        try read(ConfLoader.load(path: path, environment: environment), handlerNames: handlerNames, readHandlers)
    }

    /// The same over a reader in hand.
    package static func read<Handlers>(
        _ reader: ConfReader, handlerNames: [String]?, _ readHandlers: (HandlersSection, WorkerSection) -> Handlers
    ) throws(ConfigurationError) -> (configuration: WorkerConfiguration, handlers: Handlers) {
        let (queues, serverKey) = QueueConnection.readAll(reader)
        let worker = WorkerSection(reader.section("worker"))
        let deadLetters = DeadLettersSection(reader.section("dead_letters"), queues: queues)
        let bridge = BridgeSection(reader)
        let agora = AgoraSection(reader)
        let section = HandlersSection(reader, known: handlerNames)
        let handlers = readHandlers(section, worker)
        try reader.finish()
        let configuration = WorkerConfiguration(
            queues: queues, worker: worker, deadLetters: deadLetters, bridge: bridge, agora: agora, enabledHandlers: section.enabled,
            serverKey: serverKey,
            settings: reader.settings)
        return (configuration, handlers)
    }
}
