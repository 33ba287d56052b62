import CXML2

/// What makes something of a document while `XMLParser` walks through it once. Used for one document, on one thread.
///
/// A class to be subclassed and not a protocol, so that libxml2 can hold it as a plain pointer.
class XMLSink {
    /// Levels open: 1 inside the root element.
    private(set) final var depth = 0
    /// The first reason to give up.
    private(set) final var failure: XMLError?
    fileprivate(set) final var parser: xmlParserCtxtPtr?
    private final var elements = 0

    /// An element begins; `depth` counts it already.
    /// - Parameter name: Without prefix, NUL-terminated, good for the call only.
    func begin(_ name: UnsafePointer<UInt8>) {}
    /// A piece of the text of the innermost element: one text may come in several.
    func text(_ bytes: UnsafeBufferPointer<UInt8>) {}
    /// The innermost element ends; `depth` still counts it.
    func end() {}

    /// Ends the reading: the first reason stays.
    final func fail(_ reason: XMLError) {
        if failure == nil { failure = reason }
        if let parser { xmlStopParser(parser) }
    }

    // The parser's side.

    final func attach(_ context: xmlParserCtxtPtr?) { parser = context }

    final func open(_ name: UnsafePointer<UInt8>) {
        guard failure == nil else { return }
        depth += 1
        elements += 1
        if depth > XMLParser.maximumDepth { return fail(.tooDeep) }
        if elements > XMLParser.maximumElements { return fail(.tooManyElements) }
        begin(name)
    }

    final func take(_ bytes: UnsafeBufferPointer<UInt8>) {
        if failure == nil { text(bytes) }
    }

    final func close() {
        guard failure == nil else { return }
        end()
        depth -= 1
    }
}
