import Foundation
import WorkerCore

/// Tells an outside observer what ran when and where: `TIME start|end pid=P message=ID attempt=N [result=R]`, one line each.
struct RehearsalLog: Sendable {
    private static let timeFormat = Date.ISO8601FormatStyle(includingFractionalSeconds: true)
    private let file: SharedLineFile?

    init(path: String?) { file = path.map { SharedLineFile(path: $0) } }

    func open() throws { try file?.open() }
    func close() { file?.close() }

    func started(_ context: HandlerContext) throws { try append("start", context, "") }

    /// - Parameter result: `done`, `retry`, `dead-letter`, `failed` or `cancelled`.
    func ended(_ context: HandlerContext, result: String) throws { try append("end", context, " result=\(result)") }

    private func append(_ word: String, _ context: HandlerContext, _ tail: String) throws {
        guard let file else { return }
        let time = Self.timeFormat.format(Date())
        let pid = ProcessInfo.processInfo.processIdentifier
        try file.append(Array("\(time) \(word) pid=\(pid) message=\(context.messageID) attempt=\(context.attempt)\(tail)".utf8))
    }
}
