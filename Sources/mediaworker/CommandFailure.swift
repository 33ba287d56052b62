import ArgumentParser

/// The end of a command that could not do what it was asked: the text says what happened, to which thing, and what to do.
struct CommandFailure: Error {
    /// From `sysexits.h`, so that scripts and systemd can tell the cases apart.
    enum Code {
        /// Some of the work could not be done.
        static let partial: Int32 = 1
        /// The command line asks for something that cannot be.
        static let usage: Int32 = 64
        /// A file to read is missing or cannot be read.
        static let noInput: Int32 = 66
        /// The queue server cannot be reached, or a port is taken.
        static let unavailable: Int32 = 69
        /// The program itself is at fault.
        static let software: Int32 = 70
        /// A file or directory cannot be made or written.
        static let cannotCreate: Int32 = 73
        /// The queue server refused.
        static let refused: Int32 = 76
        /// The keys are wrong or may not do this.
        static let noPermission: Int32 = 77
        static let configuration: Int32 = 78
    }

    var code: Int32
    /// One or more lines, without a newline at the end. Empty if everything is said already.
    var text: String

    init(_ code: Int32, _ text: String) {
        self.code = code
        self.text = text
    }

    func report() {
        guard !text.isEmpty else { return }
        StandardError.write("Error: \(text)\n")
    }
}
