package import Settings

/// What a plugin may read when it is made: its own section of the configuration and where its files belong.
public struct HandlerSettings {
    /// `[handlers.NAME]`: read keys with it, refuse values with it.
    package let section: ConfSection
    /// `worker.state_dir`: relative paths of the plugin's files start here.
    package let stateDirectory: String

    package init(section: ConfSection, stateDirectory: String) {
        self.section = section
        self.stateDirectory = stateDirectory
    }
}
