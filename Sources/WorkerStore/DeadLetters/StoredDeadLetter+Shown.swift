import MediaEvents
import WorkerCore

extension StoredDeadLetter {
    /// A letter as people are shown it: tokens, keys and the keys in stream addresses hidden, in the body and in what was said about it.
    ///
    /// Never to be sent: only the letter itself holds the exact body.
    package struct Shown {
        package let stored: StoredDeadLetter
        /// The body is the JSON text, without base64, in which something is hidden.
        package let hidesBody: Bool

        init(_ stored: StoredDeadLetter, hidesBody: Bool) {
            self.stored = stored
            self.hidesBody = hidesBody
        }

        /// With nothing hidden.
        package init(_ stored: StoredDeadLetter) { self.init(stored, hidesBody: false) }
    }

    package var shown: Shown {
        var shown = self
        let masked = StreamSecrets.masking(body: letter.body)
        if let masked { shown.letter.body = masked }
        shown.letter.error = letter.error.map { StreamAddress.masked(in: $0) }
        for index in letter.attempts.indices { shown.letter.attempts[index].error = StreamAddress.masked(in: letter.attempts[index].error) }
        return Shown(shown, hidesBody: masked != nil)
    }
}
