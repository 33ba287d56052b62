import CCurl

/// One easy handle and all that libcurl borrows while it lives. Made, used and freed on the curl thread; used again for one
/// exchange after the other, with only those options set that differ.
final class Transfer {
    /// How libcurl is told whether there is a body; it is switched only when it changes.
    private enum Shape {
        case bare, headersOnly, withBody
    }

    /// A setting that libcurl refused.
    struct Refusal: Error {
        let code: CURLcode
    }

    let easy: UnsafeMutableRawPointer
    /// The exchange under way.
    private(set) var exchange: Exchange?
    /// Where the loop keeps this transfer in its list.
    var position = 0

    // Filled by the callbacks in `Transfer+Callbacks.swift`.
    var head: [UInt8] = []
    var body: [UInt8] = []
    var firstByte: ContinuousClock.Instant?
    /// Of our end of the connection: names the connection while it lives.
    var localPort: Int32 = 0
    var isTooLarge = false
    let maximumSize: Int

    private let errorText = UnsafeMutablePointer<CChar>.allocate(capacity: Int(CURL_ERROR_SIZE))
    private let headerList = HeaderList()
    private var connectTo: (target: String, list: UnsafeMutablePointer<curl_slist>)?
    private var shape: Shape?
    private var method = ""
    private var connectLimit = Duration.zero
    private var exchangeLimit = Duration.zero

    init(_ configuration: HTTPTransportConfiguration) throws(Refusal) {
        guard let easy = curl_easy_init() else {
            errorText.deallocate()
            throw Refusal(code: CURLE_OUT_OF_MEMORY)
        }
        self.easy = easy
        maximumSize = configuration.maximumResponseSize
        errorText[0] = 0
        let flags: [(CURLoption, Int)] = [
            (CURLOPT_NOSIGNAL, 1),
            (CURLOPT_TCP_NODELAY, 1),
            (CURLOPT_PATH_AS_IS, 1),
            (CURLOPT_HTTP_VERSION, Int(CURL_HTTP_VERSION_1_1)),  // HTTP/2 would merge what is to be kept apart
            (CURLOPT_FOLLOWLOCATION, 0),
            (CURLOPT_SSL_VERIFYPEER, 1),
            (CURLOPT_SSL_VERIFYHOST, 2),
            (CURLOPT_SSLVERSION, Int(CURL_SSLVERSION_TLSv1_2)),
            (CURLOPT_MAXAGE_CONN, Int(max(1, configuration.connectionIdleLimit.components.seconds))),
            (CURLOPT_QUICK_EXIT, 1),  // or the thread would wait for a slow name lookup after its exchange has ended
        ]
        for (option, value) in flags { try Self.check(ccurl_set_long(easy, option, value)) }
        try Self.check(ccurl_set_offset(easy, CURLOPT_MAXFILESIZE_LARGE, curl_off_t(maximumSize)))
        try Self.check(ccurl_set_text(easy, CURLOPT_PROTOCOLS_STR, "http,https"))
        try Self.check(ccurl_set_text(easy, CURLOPT_USERAGENT, configuration.userAgent))
        if let file = configuration.caFile {
            try Self.check(ccurl_set_text(easy, CURLOPT_CAINFO, file))
            try Self.check(ccurl_set_text(easy, CURLOPT_CAPATH, nil))  // trust that file and nothing else
        }
        try Self.check(ccurl_set_error_buffer(easy, errorText))
        try Self.check(ccurl_set_close_on_exec(easy))
        try setCallbacks()  // they get this object unretained: the loop's lists hold it while the handle is in use
    }

    deinit {
        curl_easy_cleanup(easy)
        errorText.deallocate()  // after the handle that borrowed it
        if let connectTo { curl_slist_free_all(connectTo.list) }
    }

    /// Writes the request into the handle, ready to be added to the multi handle.
    func begin(_ exchange: Exchange) throws(Refusal) {
        let request = exchange.request
        self.exchange = exchange
        errorText[0] = 0
        firstByte = nil
        isTooLarge = false
        let easy = easy
        try Self.check(request.url.withCString { ccurl_set_text(easy, CURLOPT_URL, $0) })
        try setShape(of: request)
        if request.method != method {
            try Self.check(request.method.withCString { ccurl_set_text(easy, CURLOPT_CUSTOMREQUEST, $0) })
            method = request.method
        }
        try Self.check(ccurl_set_headers(easy, headerList.fill(for: request, sendsBody: shape == .withBody)))
        try setConnectTo(request.connectTo)
        if request.connectLimit != connectLimit {
            try Self.check(ccurl_set_long(easy, CURLOPT_CONNECTTIMEOUT_MS, request.connectLimit.limitMilliseconds))
            connectLimit = request.connectLimit
        }
        if request.exchangeLimit != exchangeLimit {
            try Self.check(ccurl_set_long(easy, CURLOPT_TIMEOUT_MS, request.exchangeLimit.limitMilliseconds))
            exchangeLimit = request.exchangeLimit
        }
    }

    /// Forgets the exchange. The handle must not be in a multi handle any more.
    func reset() {
        if let sent = exchange?.request.body?.count, sent > 256 << 10 {  // do not hold on to a large copy
            _ = ccurl_clear_body(easy)
            shape = nil
        }
        exchange = nil
        head = []
        body = []
    }

    /// Finishes the exchange with the answer, or with what `code` says.
    /// - Parameter roundTrip: Of this connection; nil when it is not known.
    func finish(_ code: CURLcode, roundTrip: Duration?) {
        guard let exchange else { return }
        if code == CURLE_OK {
            let arrived = ContinuousClock.now
            let travel = arrived - (firstByte ?? arrived) + (roundTrip ?? .zero)
            let status = ccurl_get_long(easy, CURLINFO_RESPONSE_CODE)
            exchange.succeed(HTTPResponse(status: status, headers: HTTPHeaders(raw: head), body: body, arrived: arrived, travel: travel))
        } else if isTooLarge {
            exchange.fail(.responseTooLarge, "more than \(maximumSize) bytes of body or \(Self.maximumHeadSize) bytes of headers")
        } else {
            let words = String(cString: errorText)
            exchange.finish { effect in .failure(TransportError(code, words: words, effect: effect, peer: exchange.request.peer)) }
        }
    }

    private func setShape(of request: HTTPRequest) throws(Refusal) {
        let wanted: Shape =
            switch request.method {
            case "HEAD": .headersOnly
            case "PUT", "POST", "PATCH": .withBody
            default: request.body == nil ? .bare : .withBody
            }
        if wanted != shape {
            switch wanted {
            case .bare: try Self.check(ccurl_set_long(easy, CURLOPT_HTTPGET, 1))
            case .headersOnly: try Self.check(ccurl_set_long(easy, CURLOPT_NOBODY, 1))
            case .withBody: try Self.check(ccurl_set_long(easy, CURLOPT_POST, 1))
            }
            shape = wanted
        }
        guard wanted == .withBody else { return }
        let easy = easy
        let body = request.body ?? []
        try Self.check(
            body.withUnsafeBytes { bytes in
                bytes.isEmpty ? ccurl_set_body(easy, "", 0) : ccurl_set_body(easy, bytes.baseAddress, curl_off_t(bytes.count))
            })
    }

    private func setConnectTo(_ target: String?) throws(Refusal) {
        guard target != connectTo?.target else { return }
        try Self.check(ccurl_set_connect_to(easy, nil))
        if let old = connectTo { curl_slist_free_all(old.list) }
        connectTo = nil
        guard let target else { return }
        // Empty for host and port: whatever the URL names.
        guard let list = curl_slist_append(nil, "::\(target)") else { throw Refusal(code: CURLE_OUT_OF_MEMORY) }
        connectTo = (target, list)
        try Self.check(ccurl_set_connect_to(easy, list))
    }

    static func check(_ code: CURLcode) throws(Refusal) {
        guard code == CURLE_OK else { throw Refusal(code: code) }
    }
}

extension Duration {
    /// For libcurl, to which 0 would mean "no limit" and which keeps times in 32 bits.
    fileprivate var limitMilliseconds: Int {
        let (seconds, attoseconds) = components
        guard seconds < 2_000_000 else { return 2_000_000_000 }
        return max(1, Int(seconds) * 1000 + Int(attoseconds / 1_000_000_000_000_000))
    }
}
