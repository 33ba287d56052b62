/// A JSON array written element by element, so that any number of them needs little memory.
struct JSONLines {
    private var isEmpty = true

    /// - Parameter element: one JSON value on one line.
    mutating func add(_ element: [UInt8]) {
        StandardOutput.write(Array((isEmpty ? "[\n  " : ",\n  ").utf8) + element)
        isEmpty = false
    }

    func finish() { StandardOutput.line(isEmpty ? "[]" : "\n]") }
}
