import Crypto

/// What an answer of Cloud Recording's REST API says of files: notifications say the same, but may be lost.
extension StreamFact {
    /// Calls whose answers name files.
    package enum FileCall: String, Sendable, CaseIterable {
        case query = "cloud-recording.query"
        case stop = "cloud-recording.stop"
    }

    /// Nil for a notification.
    var fileCall: FileCall? { FileCall(rawValue: eventType) }

    /// Whether it is no notification: nobody has to wake up for it.
    package var isReply: Bool { service == .cloudRecording && fileCall != nil }

    /// The same for all answers that say the same. It has no channel: whoever listens to notifications does not hear it.
    /// - Returns: Nil for an answer that says nothing of files, nor that there are none.
    init?(_ answer: AgoraAnswer, to call: FileCall, of sid: String, at now: Int64) {
        guard let reply = RecordingReply(answer), answer.meaning == .success || reply.hasNoFiles else { return nil }
        guard reply.sid == nil || reply.sid?.lowercased() == sid.lowercased() else { return nil }
        let files = reply.files.filter { !$0.name.isEmpty }.map { "\($0.name) \($0.start.map { "\($0)" } ?? "-")" }.sorted()
        let words = files + [reply.uploadingStatus, reply.hasNoFiles ? "no files" : nil].compactMap { $0 }
        guard !words.isEmpty else { return nil }
        let digest = SHA256.hash(data: Array(words.joined(separator: "\n").utf8)).prefix(16).map { String($0, radix: 16) }
        self.init(
            service: .cloudRecording, subject: sid, eventType: call.rawValue,
            identity: "\(call.rawValue)/\(sid)/\(digest.joined(separator: "-"))", happened: now, received: now, body: answer.body)
    }
}
