/// A small document in memory: errors, attributes, lists of queues or handles. Message lists are built without a tree.
final class XMLElement {
    /// Without prefix; namespaces are not looked at.
    let name: String
    fileprivate(set) var children: [XMLElement] = []
    /// The element's own text, without that of its children.
    fileprivate(set) var text: [UInt8] = []

    fileprivate init(_ name: String) { self.name = name }

    /// The text of the only child of this name, without blanks around it; nil if there is none or it says nothing.
    /// - Throws: If the name appears twice, or has elements inside.
    func text(of name: String) throws(XMLError) -> String? {
        var found: String?
        for child in children where child.name == name {
            guard found == nil else { throw .unexpected("element \(name) appears twice") }
            found = try child.value()
        }
        return found?.isEmpty == true ? nil : found
    }

    /// The text of an element that holds nothing else, without blanks around it.
    func value() throws(XMLError) -> String {
        guard children.isEmpty else { throw .unexpected("element \(name.shortened(to: 40)) has elements inside") }
        return String(decoding: text, as: UTF8.self).trimmingBlanks
    }

    func integer(of name: String) throws(XMLError) -> Int? {
        guard let text = try text(of: name) else { return nil }
        guard let number = Int(text) else { throw .unexpected("\(name) must be a whole number") }
        return number
    }

    /// `True` and `False` in whatever case.
    func boolean(of name: String) throws(XMLError) -> Bool? {
        guard let text = try text(of: name) else { return nil }
        if text.isSame(as: "true") { return true }
        if text.isSame(as: "false") { return false }
        throw .unexpected("\(name) must be True or False")
    }
}

/// Makes elements of what the parser meets.
struct XMLTreeBuilder {
    private(set) var root: XMLElement?
    private var open: [XMLElement] = []

    mutating func begin(_ name: UnsafePointer<UInt8>) {
        let element = XMLElement(String(cString: name))
        if let parent = open.last { parent.children.append(element) } else { root = element }
        open.append(element)
    }

    mutating func text(_ bytes: UnsafeBufferPointer<UInt8>) { open.last?.text.append(contentsOf: bytes) }

    mutating func end() { open.removeLast() }
}
