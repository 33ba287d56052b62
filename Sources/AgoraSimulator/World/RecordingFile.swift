/// A file of a recording, by the documented names.
/// - SeeAlso: Agora, Cloud Recording, manage recorded files.
struct RecordingFile: Sendable {
    let name: String
    /// `audio`, `video` or `audio_and_video`.
    let track: String
    /// Of the user in it, `0` for all.
    let uid: String
    /// Unix milliseconds.
    let start: Int64

    /// All that is written, newest server first: the order of lists is not that of playing.
    static func all(of task: SimulatedTask, at now: Int64) -> [RecordingFile] {
        guard let life = task.recording else { return [] }
        return life.generations.reversed().filter { $0.slicesFrom <= now }.flatMap { generation in
            let prefix = generation.backup.map { "bak\($0)_" } ?? ""
            let stem = prefix + task.id + "_" + nameInFiles(task.channel)
            if life.mode == "individual" {
                return users(of: task).flatMap { user in
                    ["audio", "video"].map { track in
                        RecordingFile(
                            name: "\(stem)__uid_s_\(user)__uid_e_\(track).m3u8", track: track, uid: user, start: generation.slicesFrom)
                    }
                }
            }
            let formats = task.body[path: "recordingFileConfig.avFileType"]?.elements ?? []
            let names = (formats.contains("mp4") ? ["\(stem)_0.mp4"] : []) + ["\(stem).m3u8"]
            return names.map { RecordingFile(name: $0, track: "audio_and_video", uid: "0", start: generation.slicesFrom) }
        }
    }

    /// As notifications (milliseconds) and replies (seconds) list it.
    func json(startInMilliseconds: Bool) -> JSONValue {
        [
            "fileName": .string(name), "trackType": .string(track), "uid": .string(uid), "mixedAllUser": .bool(uid == "0"),
            "isPlayable": true, "sliceStartTime": .integer(startInMilliseconds ? start : start / 1000),
        ]
    }

    /// As web page recordings list it: other keys.
    var webJSON: JSONValue { ["filename": .string(name), "sliceStartTime": .integer(start / 1000)] }

    /// Marks of a channel's name become dashes in file names.
    private static func nameInFiles(_ channel: String) -> String {
        String(channel.map { "!@#$%^&*()+_.=[]{}~|,;:?<>".contains($0) ? "-" : $0 })
    }

    /// Who is recorded: the named users, or one that somebody is.
    private static func users(of task: SimulatedTask) -> [String] {
        let named = (task.body[path: "recordingConfig.subscribeAudioUids"]?.elements ?? []).compactMap(\.text)
        return named.isEmpty || named.contains("#allstream#") ? ["3101"] : named
    }
}
