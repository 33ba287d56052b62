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

    /// Root `Messages` or `Message`: the hot path.
    static func messageList(in document: [UInt8]) throws(XMLError) -> MessageListBuilder {
        var visit = XMLVisit(.messageList)
        try parse(document, &visit)
        return visit.messageList
    }

    /// Any other small document, in memory.
    static func tree(of document: [UInt8]) throws(XMLError) -> XMLElement {
        var visit = XMLVisit(.tree)
        try parse(document, &visit)
        guard let root = visit.tree.root else { throw .empty }
        return root
    }

    private static func parse(_ document: [UInt8], _ visit: inout XMLVisit) throws(XMLError) {
        _ = prepared
        if document.isEmpty { throw .empty }
        guard document.count <= maximumSize, let size = Int32(exactly: document.count) else { throw .tooLarge(document.count) }
        if let problem = document.withUnsafeBufferPointer(XMLTagGuard.problem) { throw problem }
        guard let context = xmlNewParserCtxt() else { throw .noMemory }
        defer { xmlFreeParserCtxt(context) }
        guard let handler = context.pointee.sax else { throw .noMemory }
        handler.pointee = callbacks
        visit.parser = context
        withUnsafeMutablePointer(to: &visit) { visit in
            context.pointee.userData = UnsafeMutableRawPointer(visit)
            let options = Int32(XML_PARSE_NONET.rawValue | XML_PARSE_NOERROR.rawValue | XML_PARSE_NOWARNING.rawValue)
            let tree = document.withUnsafeBytes {
                xmlCtxtReadMemory(context, $0.bindMemory(to: CChar.self).baseAddress, size, nil, nil, options)
            }
            if let tree { xmlFreeDoc(tree) }  // our callbacks build none
        }
        visit.parser = nil
        if let failure = visit.failure { throw failure }
        guard context.pointee.wellFormed == 1 else {
            throw .notWellFormed(line: Int(context.pointee.lastError.line), number: Int(context.pointee.errNo))
        }
    }

    /// Nothing but these is wanted from the parser; what is left out (entities, comments, processing instructions, errors on
    /// stderr) does not happen.
    private static var callbacks: xmlSAXHandler {
        var handler = xmlSAXHandler()
        handler.initialized = UInt32(XML_SAX2_MAGIC)
        handler.startDocument = { visit in XMLParser.visit(visit)?.pointee.refuseOtherEncodings() }
        handler.internalSubset = { visit, _, _, _ in XMLParser.visit(visit)?.pointee.fail(.hasDocumentType) }
        handler.startElementNs = { visit, name, _, _, _, _, _, _, _ in
            guard let name else { return }
            XMLParser.visit(visit)?.pointee.open(name)
        }
        handler.characters = { visit, bytes, count in
            XMLParser.visit(visit)?.pointee.text(UnsafeBufferPointer(start: bytes, count: Int(count)))
        }
        handler.endElementNs = { visit, _, _, _ in XMLParser.visit(visit)?.pointee.close() }
        return handler
    }

    private static func visit(_ pointer: UnsafeMutableRawPointer?) -> UnsafeMutablePointer<XMLVisit>? {
        pointer?.assumingMemoryBound(to: XMLVisit.self)
    }
}

extension XMLVisit {
    /// What a document says of itself must be what it is read as.
    fileprivate mutating func refuseOtherEncodings() {
        guard let parser else { return }
        // libxml2 2.9 keeps the name with the context for UTF-8, with the input for encodings that it converts.
        for encoding in [parser.pointee.encoding, parser.pointee.input?.pointee.encoding] {
            guard let encoding else { continue }
            let name = String(cString: encoding)
            let isUTF8 = name.isSame(as: "utf-8") || name.isSame(as: "utf8") || name.isSame(as: "us-ascii") || name.isSame(as: "ascii")
            if !isUTF8 { fail(.notUTF8) }
        }
    }
}
