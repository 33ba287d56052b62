import Foundation
import NIOCore
import ServiceLifecycle

/// A service made of a closure, so that a stop lets what is under way come to its end.
struct BodyService: Service {
    private let body: @Sendable () async throws -> Void

    init(_ body: @escaping @Sendable () async throws -> Void) { self.body = body }

    func run() async throws { try await body() }
}

/// Why an address cannot be listened on, in the system's words.
enum ListenProblem {
    static func failure(_ error: any Error, host: String, port: Int) -> CommandFailure {
        let reason = (error as? IOError).map { String(cString: strerror($0.errnoCode)) } ?? ErrorText.of(error)
        return CommandFailure(
            CommandFailure.Code.unavailable,
            "Cannot listen on \(host):\(port): \(reason). Is another server running there? Choose another with --port, or --port 0.")
    }
}
