import Crypto

/// The names of the files that are written: made from ids of others, and plain whatever those hold.
enum ManifestName {
    static func manifest(_ sid: String) -> String { stem(sid) + ".json" }

    static func playlist(_ sid: String, _ track: RecordingFileName.Track?) -> String {
        playlist(stem: stem(sid), track)
    }

    static func showManifest(_ show: LinkedRecordings.Show) -> String { stem(show) + ".json" }

    static func showPlaylist(_ show: LinkedRecordings.Show, _ track: RecordingFileName.Track?) -> String {
        playlist(stem: stem(show), track)
    }

    /// What all names of one recording begin with.
    static func stem(_ sid: String) -> String { part(sid) }

    /// With the time of the wish: yesterday's show of the same name keeps its files.
    static func stem(_ show: LinkedRecordings.Show) -> String {
        let time = show.wanted.map { "_" + RecordingTime.text($0).filter(\.isNumber) } ?? ""
        return "show-" + part(show.name) + time + (show.isBackup ? "_backup" : "")
    }

    static func playlist(stem: String, _ track: RecordingFileName.Track?) -> String {
        ([stem] + (track.map { [part($0.uid), part($0.type)] } ?? [])).joined(separator: "_") + ".m3u8"
    }

    /// Whether it is one of the playlists of that stem: the one of all users, or of one user and type.
    static func isPlaylist(_ name: String, ofStem stem: String) -> Bool {
        guard name.hasPrefix(stem), name.hasSuffix(".m3u8") else { return false }
        let track = name.dropFirst(stem.count).dropLast(".m3u8".count)
        return track.isEmpty || track.hasPrefix("_") && track.count { $0 == "_" } == 2
    }

    /// ASCII letters, digits and `-`; all else as `~XX`, and a digest in the place of a long rest: no two ids make one name.
    private static func part(_ id: String) -> String {
        var name = ""
        for byte in id.utf8 {
            switch byte {
            case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, UInt8(ascii: "-"): name.unicodeScalars.append(Unicode.Scalar(byte))
            default: name += "~" + hex(byte)
            }
        }
        guard name.utf8.count > 80 else { return name.isEmpty ? "~" : name }
        return name.prefix(40) + "~~" + SHA256.hash(data: Array(id.utf8)).prefix(16).map(hex).joined()
    }

    private static func hex(_ byte: UInt8) -> String { String(byte >> 4, radix: 16) + String(byte & 15, radix: 16) }
}
