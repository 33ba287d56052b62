/// Path and query of a request line, taken apart as the service reads them.
///
/// `%XX` is decoded, a `+` stays a `+` (receipt handles hold it unescaped), parameter names compare without case and come in
/// any order.
struct RequestTarget {
    enum Resource: Equatable {
        case queues
        case queue(String)
        case messages(of: String)
    }

    let resource: Resource
    /// Names in lower case; unknown ones are kept and ignored.
    private let parameters: [String: String]

    /// - Throws: `InvalidRequestURL` for a path that names nothing here, `InvalidQueryString` for a query that cannot be read.
    init(_ target: String) throws(ProtocolRefusal) {
        let bytes = target.utf8
        guard bytes.first == UInt8(ascii: "/"), bytes.allSatisfy({ $0 > 0x20 && $0 < 0x7F && $0 != UInt8(ascii: "#") }) else {
            throw ProtocolRefusal(.invalidRequestURL, "The request target must be a path that begins with /, percent-encoded.")
        }
        let question = bytes.firstIndex(of: UInt8(ascii: "?"))
        resource = try Self.resource(target[..<(question ?? target.endIndex)])
        parameters = try question.map { index throws(ProtocolRefusal) in try Self.parameters(target[target.index(after: index)...]) } ?? [:]
    }

    /// The value of a parameter, named in lower case; nil if it is absent, empty if it says nothing.
    subscript(name: String) -> String? { parameters[name] }

    /// - Throws: `InvalidArgument` if it is no whole number.
    func integer(_ name: String) throws(ProtocolRefusal) -> Int? {
        guard let text = self[name] else { return nil }
        guard let number = Int(text) else {
            throw ProtocolRefusal(.invalidArgument, "\(name) must be a whole number, not \"\(text.shortened(to: 40))\".")
        }
        return number
    }

    /// - Throws: `InvalidQueryString` if it is neither `true` nor `false`.
    func flag(_ name: String) throws(ProtocolRefusal) -> Bool {
        guard let text = self[name] else { return false }
        if text.isSame(as: "true") { return true }
        if text.isSame(as: "false") { return false }
        throw ProtocolRefusal(.invalidQueryString, "\(name) must be true or false, not \"\(text.shortened(to: 40))\".")
    }

    private static func resource(_ path: Substring) throws(ProtocolRefusal) -> Resource {
        let unknown = ProtocolRefusal(.invalidRequestURL, "There is nothing at \(String(path).shortened(to: 80)).")
        var pieces: [String] = []
        for piece in path.dropFirst().split(separator: "/", omittingEmptySubsequences: false) {
            guard let decoded = PercentCoding.decode(piece.utf8) else { throw unknown }
            pieces.append(decoded)
        }
        guard pieces.first == "queues", pieces.count <= 3 else { throw unknown }
        if pieces.count == 1 { return .queues }
        if pieces.count == 2 { return .queue(pieces[1]) }
        guard pieces[2] == "messages" else { throw unknown }
        return .messages(of: pieces[1])
    }

    private static func parameters(_ query: Substring) throws(ProtocolRefusal) -> [String: String] {
        var parameters: [String: String] = [:]
        for pair in query.split(separator: "&") {
            let equal = pair.firstIndex(of: "=") ?? pair.endIndex
            guard let name = PercentCoding.decode(pair[..<equal].utf8), let value = PercentCoding.decode(pair[equal...].dropFirst().utf8)
            else {
                throw ProtocolRefusal(.invalidQueryString, "The query string holds a percent sign without two hex digits, or no UTF-8.")
            }
            guard parameters.updateValue(value, forKey: name.lowercased()) == nil else {
                throw ProtocolRefusal(.invalidQueryString, "The parameter \(name.shortened(to: 40)) appears twice.")
            }
        }
        return parameters
    }
}
