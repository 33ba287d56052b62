import CCurl

/// What libcurl calls on the curl thread while an exchange runs.
extension Transfer {
    /// Bytes of status line and headers that an answer may have.
    static let maximumHeadSize = 128 << 10

    func setCallbacks() throws(Refusal) {
        let header: curl_write_callback = { bytes, _, count, context in  // the unit size is always 1
            Transfer.at(context)?.takeHeaderLine(UnsafeRawBufferPointer(start: bytes, count: count)) ?? 0
        }
        let body: curl_write_callback = { bytes, _, count, context in
            Transfer.at(context)?.takeBody(UnsafeRawBufferPointer(start: bytes, count: count)) ?? 0
        }
        let beforeSending: curl_prereq_callback = { context, _, _, _, localPort in
            guard let transfer = Transfer.at(context), let exchange = transfer.exchange, exchange.beginSending() else {
                return CURL_PREREQFUNC_ABORT
            }
            transfer.localPort = localPort
            return CURL_PREREQFUNC_OK
        }
        try Self.check(ccurl_set_callbacks(easy, header, body, beforeSending, Unmanaged.passUnretained(self).toOpaque()))
    }

    static func at(_ context: UnsafeMutableRawPointer?) -> Transfer? {
        context.map { Unmanaged<Transfer>.fromOpaque($0).takeUnretainedValue() }
    }

    /// - Returns: The number of bytes taken; any other than all of them ends the transfer.
    private func takeHeaderLine(_ line: UnsafeRawBufferPointer) -> Int {
        if line.starts(with: "HTTP/".utf8) {  // a 1xx answer may come before the real one
            firstByte = ContinuousClock.now
            head.removeAll(keepingCapacity: true)
            head.reserveCapacity(512)
        }
        guard head.count + line.count <= Self.maximumHeadSize else {
            isTooLarge = true
            return 0
        }
        head.append(contentsOf: line)
        return line.count
    }

    private func takeBody(_ bytes: UnsafeRawBufferPointer) -> Int {
        guard bytes.count <= maximumSize - body.count else {
            isTooLarge = true
            return 0
        }
        if body.isEmpty {
            let announced = Int(ccurl_get_offset(easy, CURLINFO_CONTENT_LENGTH_DOWNLOAD_T))
            body.reserveCapacity(max(bytes.count, min(announced, maximumSize)))
        }
        body.append(contentsOf: bytes)
        return bytes.count
    }
}
