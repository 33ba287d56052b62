import SMQProtocol

/// What became of the messages of `send`: ids to stdout as they come, failures to stderr.
struct SendReport {
    private var sent = 0
    private var failures = 0

    mutating func add(_ results: [Result<SentMessage, EntryFailure>], for items: [SendBatch.Item]) {
        var lines = ""
        for (item, result) in zip(items, results) {
            switch result {
            case .success(let message):
                sent += 1
                lines += "\(message.id)  \(item.file)\n"
            case .failure(let failure):
                failed(item.file, "\(failure.code.name): \(failure.message)")
            }
        }
        StandardOutput.write(Array(lines.utf8))
    }

    mutating func failed(_ file: String, _ reason: String) {
        failures += 1
        StandardError.line("not sent: \(file): \(reason)")
    }

    /// - Throws: `CommandFailure` with exit 1 if anything was not sent.
    func finish(queue: String) throws(CommandFailure) {
        guard failures > 0 else { return }
        let total = sent + failures
        throw CommandFailure(
            CommandFailure.Code.partial, "\(failures) of \(total) \(total == 1 ? "message" : "messages") not sent to \(queue); see above.")
    }
}
