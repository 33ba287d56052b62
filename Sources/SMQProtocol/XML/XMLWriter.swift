/// Writes a document into one byte array: a root with the protocol's namespace, elements without prefixes or attributes.
struct XMLWriter {
    private(set) var bytes: [UInt8] = []
    private let isIndented: Bool
    private var depth = 0

    /// A request: the form that most official clients send, on one line.
    static func request(_ root: StaticString, capacity: Int = 256) -> XMLWriter {
        var writer = XMLWriter(isIndented: false, capacity: capacity)
        writer.bytes.append("<?xml version=\"1.0\" encoding=\"utf-8\"?>")
        writer.openRoot(root, namespace: "http://mns.aliyuncs.com/doc/v1/")
        return writer
    }

    /// An answer, as the live service writes it: no encoding in the declaration, two blanks for each level, a namespace
    /// without the last slash (the Java client knows errors only so).
    static func answer(_ root: StaticString, capacity: Int = 512) -> XMLWriter {
        var writer = XMLWriter(isIndented: true, capacity: capacity)
        writer.bytes.append("<?xml version=\"1.0\" ?>\n")
        writer.openRoot(root, namespace: "http://mns.aliyuncs.com/doc/v1")
        return writer
    }

    private init(isIndented: Bool, capacity: Int) {
        self.isIndented = isIndented
        bytes.reserveCapacity(capacity)
    }

    private mutating func openRoot(_ name: StaticString, namespace: StaticString) {
        bytes.append("<")
        bytes.append(name)
        bytes.append(" xmlns=\"")
        bytes.append(namespace)
        bytes.append("\">")
        depth = 1
        newLine()
    }

    mutating func open(_ name: StaticString) {
        begin(name)
        depth += 1
        newLine()
    }

    mutating func close(_ name: StaticString) {
        depth -= 1
        indent()
        finish(name)
    }

    mutating func element(_ name: StaticString, _ text: String) {
        begin(name)
        var text = text
        text.withUTF8 { append(escaping: $0) }
        finish(name)
    }

    mutating func element(_ name: StaticString, _ text: [UInt8]) {
        begin(name)
        text.withUnsafeBufferPointer { append(escaping: $0) }
        finish(name)
    }

    mutating func element(_ name: StaticString, _ number: some BinaryInteger) { element(name, String(number)) }

    private mutating func begin(_ name: StaticString) {
        indent()
        bytes.append("<")
        bytes.append(name)
        bytes.append(">")
    }

    private mutating func finish(_ name: StaticString) {
        bytes.append("</")
        bytes.append(name)
        bytes.append(">")
        newLine()
    }

    private mutating func indent() {
        if isIndented { for _ in 0..<depth { bytes.append("  ") } }
    }

    private mutating func newLine() {
        if isIndented && depth > 0 { bytes.append("\n") }
    }

    /// A carriage return is escaped, too: written plainly, every reader would turn it into a line feed.
    private mutating func append(escaping text: UnsafeBufferPointer<UInt8>) {
        var run = 0
        for index in text.indices {
            let escaped: StaticString
            switch text[index] {
            case UInt8(ascii: "&"): escaped = "&amp;"
            case UInt8(ascii: "<"): escaped = "&lt;"
            case UInt8(ascii: ">"): escaped = "&gt;"
            case 0x0D: escaped = "&#13;"
            default: continue
            }
            bytes.append(contentsOf: text[run..<index])
            bytes.append(escaped)
            run = index + 1
        }
        bytes.append(contentsOf: text[run...])
    }
}
