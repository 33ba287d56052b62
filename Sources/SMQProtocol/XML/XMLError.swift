/// Why a document was not read. The texts never repeat what the document says, but for element names.
enum XMLError: Error, Equatable, CustomStringConvertible {
    case empty
    /// Bytes found.
    case tooLarge(Int)
    case tooDeep
    case tooManyElements
    case tooManyAttributes
    /// Declared as, or plainly in, another encoding than UTF-8; or it holds a NUL byte.
    case notUTF8
    /// A document type could define entities.
    case hasDocumentType
    /// libxml2's error number (`xmlParserErrors`).
    case notWellFormed(line: Int, number: Int)
    case noMemory
    /// Well-formed, but another kind of document.
    case unexpectedRoot(String)
    /// Well-formed, but not as this kind of document has to be.
    case unexpected(String)

    /// The document as such is fine: what it says is not.
    var isAboutContent: Bool {
        switch self {
        case .unexpectedRoot, .unexpected: true
        default: false
        }
    }

    var description: String {
        switch self {
        case .empty: "the document is empty"
        case .tooLarge(let size): "the document has \(size) bytes, more than \(XMLParser.maximumSize)"
        case .tooDeep: "elements are nested deeper than \(XMLParser.maximumDepth) levels"
        case .tooManyElements: "the document has more than \(XMLParser.maximumElements) elements"
        case .tooManyAttributes: "an element has more than \(XMLTagGuard.maximumAttributes) attributes"
        case .notUTF8: "the document is not UTF-8"
        case .hasDocumentType: "a document type declaration is not allowed"
        case .notWellFormed(let line, let number): "not well-formed XML near line \(line) (libxml2 error \(number))"
        case .noMemory: "out of memory while reading the document"
        case .unexpectedRoot(let name): "unexpected root element \(name.shortened(to: 40))"
        case .unexpected(let text): text
        }
    }
}
