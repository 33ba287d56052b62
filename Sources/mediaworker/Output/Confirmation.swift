import Foundation

/// A question before something that cannot be undone.
enum Confirmation {
    /// - Returns: False without asking when nobody sits at the terminal.
    static func ask(_ question: String) -> Bool {
        guard isatty(STDIN_FILENO) == 1, isatty(STDERR_FILENO) == 1 else { return false }
        StandardError.write("\(question) [yes/no] ")
        return readLine()?.lowercased() == "yes"
    }
}
