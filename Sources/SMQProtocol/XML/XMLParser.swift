import CXML2

/// One pass over one document by libxml2's SAX2 interface: the only way in which this program reads XML.
///
/// Documents are hostile: no document type (so no entities but the five of XML), no network, bounded size, depth, elements and
/// attributes, UTF-8 only. A document that is not well-formed is an error, whatever was read of it before.
enum XMLParser {
    static let maximumSize = 2 << 20
    static let maximumDepth = 16
    static let maximumElements = 50_000

    private static let prepared: Void = xmlInitParser()

    /// - Throws: What the document breaks, or what the sink did not like about it.
    static func parse(_ document: [UInt8], into sink: XMLSink) throws(XMLError) {
        _ = prepared
        if document.isEmpty { throw .empty }
        guard document.count <= maximumSize, let size = Int32(exactly: document.count) else { throw .tooLarge(document.count) }
        if let problem = document.withUnsafeBufferPointer(XMLTagGuard.problem) { throw problem }
        guard let context = xmlNewParserCtxt() else { throw .noMemory }
        defer { xmlFreeParserCtxt(context) }
        guard let handler = context.pointee.sax else { throw .noMemory }
        handler.pointee = callbacks
        context.pointee.userData = Unmanaged.passUnretained(sink).toOpaque()
        sink.attach(context)
        defer { sink.attach(nil) }
        let options = Int32(XML_PARSE_NONET.rawValue | XML_PARSE_NOERROR.rawValue | XML_PARSE_NOWARNING.rawValue)
        let tree = withExtendedLifetime(sink) {
            document.withUnsafeBytes { xmlCtxtReadMemory(context, $0.bindMemory(to: CChar.self).baseAddress, size, nil, nil, options) }
        }
        if let tree { xmlFreeDoc(tree) }  // our callbacks build none
        if let failure = sink.failure { throw failure }
        guard context.pointee.wellFormed == 1 else {
            throw .notWellFormed(line: Int(context.pointee.lastError.line), number: Int(context.pointee.errNo))
        }
    }

    /// Nothing but these is wanted from the parser; what is left out (entities, comments, processing instructions, errors on
    /// stderr) does not happen.
    private static var callbacks: xmlSAXHandler {
        var handler = xmlSAXHandler()
        handler.initialized = UInt32(XML_SAX2_MAGIC)
        handler.startDocument = { pointer in
            guard let sink = XMLParser.sink(pointer), let parser = sink.parser else { return }
            // libxml2 2.9 keeps the name with the context for UTF-8, with the input for encodings that it converts.
            for encoding in [parser.pointee.encoding, parser.pointee.input?.pointee.encoding] {
                if let encoding, !XMLParser.isUTF8(encoding) { sink.fail(.notUTF8) }
            }
        }
        handler.internalSubset = { pointer, _, _, _ in XMLParser.sink(pointer)?.fail(.hasDocumentType) }
        handler.startElementNs = { pointer, name, _, _, _, _, _, _, _ in
            guard let name else { return }
            XMLParser.sink(pointer)?.open(name)
        }
        handler.characters = { pointer, bytes, count in
            XMLParser.sink(pointer)?.take(UnsafeBufferPointer(start: bytes, count: Int(count)))
        }
        handler.endElementNs = { pointer, _, _, _ in XMLParser.sink(pointer)?.close() }
        return handler
    }

    private static func sink(_ pointer: UnsafeMutableRawPointer?) -> XMLSink? {
        pointer.map { Unmanaged<XMLSink>.fromOpaque($0).takeUnretainedValue() }
    }

    private static func isUTF8(_ name: UnsafePointer<UInt8>) -> Bool {
        let name = String(cString: name)
        return name.isSame(as: "utf-8") || name.isSame(as: "utf8") || name.isSame(as: "us-ascii") || name.isSame(as: "ascii")
    }
}
