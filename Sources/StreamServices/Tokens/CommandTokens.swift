/// Tokens that a program prints: `COMMAND CHANNEL USER`, the first line of its stdout. The same stands in its environment, as
/// `TOKEN_CHANNEL`, and `TOKEN_UID` or `TOKEN_ACCOUNT`. Its stderr goes nowhere: it might hold a token.
package struct CommandTokens: TokenProvider {
    /// One start of the program.
    package struct Run: Sendable, Equatable {
        /// A path, or a name to be found in `PATH`.
        package let program: String
        package let arguments: [String]
        /// Besides what it inherits.
        package let environment: [String: String]
        /// After which it is ended, with its children.
        package let limit: Duration
    }

    /// How a start of the program ended.
    package enum Ending: Sendable, Equatable {
        /// With exit status 0.
        case finished(stdout: [UInt8])
        /// `exit status 3`, `signal 9`, `no such file`: as the end of a sentence.
        case failed(String)
    }

    private let program: String
    private let limit: Duration
    private let runner: @Sendable (Run) async -> Ending

    /// - Parameter runner: Starts a program and waits for it, no longer than the limit.
    package init(program: String, limit: Duration, runner: @escaping @Sendable (Run) async -> Ending) {
        self.program = program
        self.limit = limit
        self.runner = runner
    }

    package func token(channel: String, user: TokenUser) async throws -> String {
        let run = Run(
            program: program, arguments: [channel, user.value],
            environment: ["TOKEN_CHANNEL": channel, "TOKEN_\(user.key.uppercased())": user.value], limit: limit)
        let ending = await runner(run)
        try Task.checkCancellation()
        switch ending {
        case .failed(let how): throw failure(channel, user, "the command ended with \(how)")
        case .finished(let stdout):
            let line = stdout.prefix { $0 != UInt8(ascii: "\n") }
            guard let token = String(validating: line, as: UTF8.self).flatMap({ TokenText.checked($0) }) else {
                throw failure(channel, user, "the first line that the command printed is no token")
            }
            return token
        }
    }

    private func failure(_ channel: String, _ user: TokenUser, _ reason: String) -> TokenError {
        TokenError(
            channel: channel, user: user, reason: reason, advice: "run the command in [agora.token] by hand: \(program) CHANNEL USER")
    }
}
