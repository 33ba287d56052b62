import CXML2

/// One walk of `XMLParser` through one document: the bounds, and what is made of the document.
///
/// A plain struct that libxml2 holds a pointer to: no references are counted and no exclusive access is checked for each of
/// the 40 callbacks that a message takes.
struct XMLVisit {
    enum Goal {
        case messageList, tree
    }

    private let goal: Goal
    private(set) var messageList = MessageListBuilder()
    private(set) var tree = XMLTreeBuilder()
    /// The first reason to give up.
    private(set) var failure: XMLError?
    /// While the walk lasts.
    var parser: xmlParserCtxtPtr?
    private var depth = 0
    private var elements = 0

    init(_ goal: Goal) { self.goal = goal }

    /// - Parameter name: Without prefix, NUL-terminated, good for the call only.
    mutating func open(_ name: UnsafePointer<UInt8>) {
        if failure != nil { return }
        depth += 1
        elements += 1
        if depth > XMLParser.maximumDepth { return fail(.tooDeep) }
        if elements > XMLParser.maximumElements { return fail(.tooManyElements) }
        switch goal {
        case .messageList: if let problem = messageList.begin(name) { fail(problem) }
        case .tree: tree.begin(name)
        }
    }

    /// A piece of the text of the innermost element: one text may come in several.
    mutating func text(_ bytes: UnsafeBufferPointer<UInt8>) {
        if failure != nil { return }
        switch goal {
        case .messageList: messageList.text(bytes)
        case .tree: tree.text(bytes)
        }
    }

    mutating func close() {
        if failure != nil { return }
        depth -= 1
        switch goal {
        case .messageList: if let problem = messageList.end() { fail(problem) }
        case .tree: tree.end()
        }
    }

    /// Ends the walk.
    mutating func fail(_ reason: XMLError) {
        if failure == nil { failure = reason }
        if let parser { xmlStopParser(parser) }
    }
}
