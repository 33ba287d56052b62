import HTTPTransport
import Logging
import Settings
import StreamServices
import WorkerStore

/// The writer of manifests and playlists as it is configured.
enum RecordingManifests {
    /// - Parameter folder: In the place of the configured one.
    static func writer(_ configuration: WorkerConfiguration, folder: String? = nil) throws(CommandFailure) -> RecordingManifestWriter {
        writer(configuration, facts: SQLiteStreamFacts(try WorkerAssembly.openState(configuration)), folder: folder)
    }

    static func writer(
        _ configuration: WorkerConfiguration, facts: any StreamFactStore, folder: String? = nil
    ) -> RecordingManifestWriter {
        let section = configuration.agora.recordings
        return RecordingManifestWriter(
            facts: facts, source: source(section),
            folder: folder ?? section.folder(stateDirectory: configuration.worker.stateDirectory), mediaBase: section.mediaBase ?? "",
            logger: Logger.worker(configuration.worker))
    }

    private static func source(_ section: AgoraRecordingsSection) -> (any IndexSource)? {
        switch section.indexSource {
        case nil: return nil
        case .folder(let path): return FolderIndexSource(path)
        case .address(let base):
            var transport = HTTPTransportConfiguration()
            transport.maximumResponseSize = WebIndexSource.maximumSize
            return WebIndexSource(base, http: HTTPTransport(name: "recordings", configuration: transport))
        }
    }
}
