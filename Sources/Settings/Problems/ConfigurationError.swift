/// The configuration cannot be used: every problem that was found, not only the first.
///
/// The program prints it and exits with `exitCode`; nothing has been opened or contacted by then.
package struct ConfigurationError: Error, Sendable, Equatable, CustomStringConvertible {
    /// `EX_CONFIG` of sysexits.h.
    package static let exitCode: Int32 = 78

    /// At least one: first those of the file in the order of its lines, then the environment, then what is missing.
    package let problems: [ConfigurationProblem]

    package init(_ problems: [ConfigurationProblem]) {
        let ranked = problems.enumerated().sorted { first, second in
            (first.element.origin.rank, first.offset) < (second.element.origin.rank, second.offset)
        }
        self.problems = ranked.map(\.element)
    }

    package var description: String {
        let count = problems.count == 1 ? "1 problem" : "\(problems.count) problems"
        let lines = problems.map { "  \($0)" }.joined(separator: "\n")
        return """
            The configuration has \(count):
            \(lines)
            Correct the lines and variables named above and start again; nothing was contacted. \
            The sample worker.conf lists every key with its default and unit.
            """
    }
}
