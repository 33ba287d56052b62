package import struct Foundation.Date

/// One handler start that ended badly.
package struct AttemptRecord: Sendable, Equatable, Codable {
    /// 1 for the first bad end of this message.
    package var number: Int
    /// When it ended, by the local wall clock.
    package var time: Date
    package var host: String
    /// Process id.
    package var process: Int32
    /// Names of the handlers that ended badly, joined by `, `.
    package var handler: String
    /// What the handler threw, or which limit it broke.
    package var error: String

    package init(number: Int, time: Date, host: String, process: Int32, handler: String, error: String) {
        self.number = number
        self.time = time
        self.host = host
        self.process = process
        self.handler = handler
        self.error = error
    }
}
