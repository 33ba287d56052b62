/// The headers of an answer: kept as the bytes that came and read only when asked, because most of them never are.
package struct HTTPHeaders: Sendable {
    /// Status line and header lines, then an empty line; what follows it (trailers of a chunked body) is not looked at.
    private let raw: [UInt8]

    init(raw: [UInt8]) {
        self.raw = raw
    }

    /// For answers that do not come from a server.
    package init(_ fields: [(name: String, value: String)] = []) {
        raw = Array(fields.map { "\($0.name): \($0.value)\r\n" }.joined().utf8)
    }

    /// The value of the first header of this name, in whatever case, without the blanks around it.
    package subscript(name: String) -> String? {
        var found: String?
        visit { field, value in
            guard field.elementsEqual(name.utf8, by: { $0.asciiLowercased == $1.asciiLowercased }) else { return true }
            found = String(decoding: value, as: UTF8.self)
            return false
        }
        return found
    }

    /// All headers in the order they came.
    package var fields: [(name: String, value: String)] {
        var fields: [(name: String, value: String)] = []
        visit { field, value in
            fields.append((String(decoding: field, as: UTF8.self), String(decoding: value, as: UTF8.self)))
            return true
        }
        return fields
    }

    /// Shows each header's name and value to `next`, until it says false.
    private func visit(_ next: (Slice<UnsafeBufferPointer<UInt8>>, Slice<UnsafeBufferPointer<UInt8>>) -> Bool) {
        raw.withUnsafeBufferPointer { bytes in
            var rest = bytes[...]
            while !rest.isEmpty {
                let lineEnd = rest.firstIndex(of: UInt8(ascii: "\n")) ?? rest.endIndex
                let line = rest[..<lineEnd].trimmingTrailingBlanks
                rest = lineEnd < rest.endIndex ? rest[(lineEnd + 1)...] : rest[rest.endIndex...]
                if line.isEmpty { return }
                guard let colon = line.firstIndex(of: UInt8(ascii: ":")) else { continue }  // the status line
                let value = line[(colon + 1)...].drop { $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\t") }
                if !next(line[..<colon], value) { return }
            }
        }
    }
}

extension Slice<UnsafeBufferPointer<UInt8>> {
    fileprivate var trimmingTrailingBlanks: Self {
        let isBlank = { (byte: UInt8) in byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t") || byte == UInt8(ascii: "\r") }
        var end = endIndex
        while end > startIndex, isBlank(self[end - 1]) { end -= 1 }
        return self[..<end]
    }
}
