extension HTTPRequest {
    /// Refuses what could not be sent as it is written, or would be read as something else by the server.
    ///
    /// The text never repeats a header value or a query: they may hold keys and signatures.
    /// - Throws: `TransportError` of kind `invalidRequest`.
    func validate() throws(TransportError) {
        guard scheme != nil, !peer.hasPrefix(":") else {
            throw refusing("the URL must begin with http:// or https:// and a host name")
        }
        guard url.utf8.allSatisfy({ $0 > 0x20 && $0 != 0x7F }) else {
            throw refusing("the URL holds a space or a control character; percent-encode it")
        }
        guard method.isToken else { throw refusing("the method is not an HTTP method name") }
        if body != nil, method == "HEAD" { throw refusing("a HEAD request cannot carry a body") }
        for (index, header) in headers.enumerated() {
            guard header.name.isToken else { throw refusing("the name of header \(index + 1) is not an HTTP header name") }
            guard header.value.utf8.allSatisfy({ $0 >= 0x20 && $0 != 0x7F || $0 == 0x09 }) else {
                throw refusing("the value of header \(header.name) holds a line break or another control character")
            }
            if header.name.isHeader("Content-Length") || header.name.isHeader("Transfer-Encoding") {
                throw refusing("\(header.name) follows from the body; leave it out")
            }
        }
    }

    /// `host:port` for messages: no path, no query, no user name.
    var peer: String {
        guard let scheme else { return "?" }
        let authority = url.utf8.dropFirst(scheme.length).prefix { !"/?#".utf8.contains($0) }
        let hostStart = authority.lastIndex(of: UInt8(ascii: "@")).map { authority.index(after: $0) } ?? authority.startIndex
        let host = authority[hostStart...]
        let hasPort = host.lastIndex(of: UInt8(ascii: ":")).map { !host[$0...].contains(UInt8(ascii: "]")) } ?? false
        return String(decoding: host, as: UTF8.self) + (hasPort ? "" : scheme.port)
    }

    /// Length of `http://` or `https://` and the port that goes without saying, or nil for anything else.
    private var scheme: (length: Int, port: String)? {
        if url.utf8.prefix(7).matches("http://") { return (7, ":80") }
        return url.utf8.prefix(8).matches("https://") ? (8, ":443") : nil
    }

    private func refusing(_ detail: String) -> TransportError {
        TransportError(.invalidRequest, effect: .none, peer: peer, detail: detail)
    }
}

extension String {
    /// RFC 9110, section 5.6.2: what a method or a header name may be made of.
    fileprivate var isToken: Bool {
        !isEmpty
            && utf8.allSatisfy { byte in
                switch byte {
                case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"): true
                case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"): true
                default: "!#$%&'*+._`|~^".utf8.contains(byte)
                }
            }
    }

    /// Whether this is the header `name`, in whatever case.
    func isHeader(_ name: StaticString) -> Bool { utf8.matches(name) }
}

extension Sequence<UInt8> {
    /// Equal to `text` without regard to the case of ASCII letters.
    func matches(_ text: StaticString) -> Bool {
        text.withUTF8Buffer { wanted in elementsEqual(wanted) { $0.asciiLowercased == $1.asciiLowercased } }
    }
}

extension UInt8 {
    var asciiLowercased: UInt8 { UInt8(ascii: "A") <= self && self <= UInt8(ascii: "Z") ? self | 0x20 : self }
}
