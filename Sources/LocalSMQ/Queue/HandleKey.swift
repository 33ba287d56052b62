import Foundation
package import SMQProtocol

/// What a receipt handle says: which message, and which of its leases.
///
/// Text: `1-` and the base64 of 20 bytes (number, ticket, check), so that it may hold `=`, `+` and `/` as the handles of the
/// service do. The check tells text that is not a handle (`ReceiptHandleError`) from a handle that is dead (`MessageNotExist`).
package struct HandleKey: Sendable, Hashable {
    /// The message's number within its queue.
    package var number: UInt64
    /// New and random for each lease.
    package var ticket: UInt64

    package init(number: UInt64, ticket: UInt64) {
        self.number = number
        self.ticket = ticket
    }

    package init?(_ handle: ReceiptHandle) {
        guard handle.text.utf8.count == 30, handle.text.hasPrefix("1-"),
            let bytes = Data(base64Encoded: String(handle.text.dropFirst(2))), bytes.count == 20
        else { return nil }
        func integer(_ range: Range<Int>) -> UInt64 { bytes[range].reduce(0) { $0 << 8 | UInt64($1) } }
        self.init(number: integer(0..<8), ticket: integer(8..<16))
        guard integer(16..<20) == UInt64(check) else { return nil }
    }

    package var handle: ReceiptHandle {
        var bytes = Data(capacity: 20)
        withUnsafeBytes(of: number.bigEndian) { bytes.append(contentsOf: $0) }
        withUnsafeBytes(of: ticket.bigEndian) { bytes.append(contentsOf: $0) }
        withUnsafeBytes(of: check.bigEndian) { bytes.append(contentsOf: $0) }
        return ReceiptHandle("1-" + bytes.base64EncodedString())
    }

    /// Mixes both words, so that a handle with one character changed is not taken for a dead one.
    private var check: UInt32 {
        var mixed = (number ^ ticket.byteSwapped) &* 0x9E37_79B9_7F4A_7C15
        mixed ^= mixed >> 29
        mixed = (mixed ^ ticket) &* 0xBF58_476D_1CE4_E5B9
        return UInt32(truncatingIfNeeded: mixed >> 32)
    }
}
