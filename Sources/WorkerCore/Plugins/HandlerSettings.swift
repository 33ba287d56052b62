public import Logging
package import Settings

/// What a plugin may read when it is made: its own section of the configuration and where its files belong.
public struct HandlerSettings {
    /// `[handlers.NAME]`: read keys with it, refuse values with it.
    package let section: ConfSection
    /// `worker.state_dir`: relative paths of the plugin's files start here.
    package let stateDirectory: String
    /// False for a plugin that is off: its values are checked all the same, but it may lack what it needs only to run.
    package let isOn: Bool
    /// For what belongs to no event; lines of an event go to the context's logger.
    public let logger: Logger
    /// Stores and clients of the program that plugins may use.
    package let services: HandlerServices

    package init(
        section: ConfSection, stateDirectory: String, isOn: Bool = true, logger: Logger, services: HandlerServices = HandlerServices()
    ) {
        self.section = section
        self.stateDirectory = stateDirectory
        self.isOn = isOn
        self.logger = logger
        self.services = services
    }
}
