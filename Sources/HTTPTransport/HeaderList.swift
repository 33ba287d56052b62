import CCurl

/// Request headers in the form that libcurl borrows: a chain of C strings. The memory is kept from request to request, so
/// that a list costs no allocation; libcurl only reads it.
final class HeaderList {
    private var nodes = UnsafeMutableBufferPointer<curl_slist>.allocate(capacity: 16)
    private var text = UnsafeMutableBufferPointer<CChar>.allocate(capacity: 1024)
    private var nodeCount = 0
    private var textCount = 0

    deinit {
        nodes.deallocate()
        text.deallocate()
    }

    /// - Returns: The list, valid until the next call.
    func fill(for request: HTTPRequest, sendsBody: Bool) -> UnsafeMutablePointer<curl_slist>? {
        let size = request.headers.reduce(0) { $0 + $1.name.utf8.count + $1.value.utf8.count + 3 }
        reserve(nodes: request.headers.count + 2, text: size + 32)
        var hasContentType = false
        for header in request.headers {
            let value = header.value.utf8.drop { $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\t") }
            hasContentType = hasContentType || header.name.isHeader("Content-Type")
            startLine()
            append(header.name)
            if value.isEmpty {
                append(";")  // how libcurl is told to send a header without a value
            } else {
                append(": ")
                append(header.value)
            }
            endLine()
        }
        // A name with nothing behind it keeps libcurl from adding that header.
        if sendsBody {
            appendLine("Expect:")
            if !hasContentType { appendLine("Content-Type:") }
        }
        return nodeCount == 0 ? nil : nodes.baseAddress
    }

    private func reserve(nodes wantedNodes: Int, text wantedText: Int) {
        (nodeCount, textCount) = (0, 0)
        if wantedNodes > nodes.count {
            nodes.deallocate()
            nodes = .allocate(capacity: wantedNodes * 2)
        }
        if wantedText > text.count {
            text.deallocate()
            text = .allocate(capacity: wantedText * 2)
        }
    }

    private func appendLine(_ line: String) {
        startLine()
        append(line)
        endLine()
    }

    private func startLine() {
        guard let node = nodes.baseAddress?.advanced(by: nodeCount), let start = text.baseAddress?.advanced(by: textCount) else { return }
        node.initialize(to: curl_slist(data: start, next: nil))
        if nodeCount > 0 { nodes[nodeCount - 1].next = node }
        nodeCount += 1
    }

    private func append(_ string: String) {
        var string = string
        string.withUTF8 { bytes in
            let room = UnsafeMutableRawBufferPointer(rebasing: UnsafeMutableRawBufferPointer(text)[textCount...])
            room.copyMemory(from: UnsafeRawBufferPointer(bytes))
            textCount += bytes.count
        }
    }

    private func endLine() {
        text[textCount] = 0
        textCount += 1
    }
}
