/// What is kept of recordings beside their events: section `[agora.recordings]`.
package struct AgoraRecordingsSection: Sendable, Equatable {
    /// Where the index files of recordings can be read.
    package enum IndexSource: Sendable, Equatable {
        /// Relative to the working directory.
        case folder(String)
        /// An `http` or `https` address that names are put behind.
        case address(String)
    }

    /// Nil leaves slices unknown.
    package var indexSource: IndexSource?
    /// Where manifests and playlists go; relative to the state directory.
    package var manifests = "recordings"
    /// Stands in front of the names in playlists; nil leaves them as the storage has them.
    package var mediaBase: String?

    package init() {}

    init(_ section: ConfSection) {
        indexSource = section.readText("index_source", show: WebAddress.shown) { text throws(BrokenRule) in
            guard text.contains("://") else { return .folder(try ConfSection.checked(text)) }
            return .address(try Self.base(text))
        }
        manifests = section.string("manifests", default: manifests)
        mediaBase = section.readText("media_base", show: WebAddress.shown) { text throws(BrokenRule) in try Self.base(text) }
    }

    /// Where manifests and playlists go.
    package func folder(stateDirectory: String) -> String { manifests.hasPrefix("/") ? manifests : "\(stateDirectory)/\(manifests)" }

    /// An address that names can be put behind.
    private static func base(_ text: String) throws(BrokenRule) -> String {
        let address = try WebAddress(text)
        guard !address.text.contains("?"), !address.text.contains("#") else {
            throw BrokenRule("must have neither a query nor a fragment: names are put behind it")
        }
        return address.text
    }
}
