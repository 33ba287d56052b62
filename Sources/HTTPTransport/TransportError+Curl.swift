import CCurl

extension TransportError {
    /// - Parameters:
    ///   - code: Not `CURLE_OK`.
    ///   - words: The text libcurl left in the error buffer; empty when it left none.
    ///   - effect: `.unknown` once sending had begun.
    init(_ code: CURLcode, words: String, effect: Effect, peer: String) {
        var detail = words.isEmpty ? String(cString: curl_easy_strerror(code)) : words
        var isRetryable: Bool?
        let kind: Kind
        switch code {
        case CURLE_COULDNT_RESOLVE_HOST, CURLE_COULDNT_RESOLVE_PROXY:
            kind = .couldNotResolve
        case CURLE_COULDNT_CONNECT, CURLE_INTERFACE_FAILED, CURLE_PROXY:
            kind = .couldNotConnect
        case CURLE_SSL_CONNECT_ERROR:  // a handshake that broke off: the server may just be restarting
            kind = .tlsFailed
        case CURLE_PEER_FAILED_VERIFICATION, CURLE_SSL_CACERT_BADFILE, CURLE_SSL_ISSUER_ERROR, CURLE_SSL_CERTPROBLEM,
            CURLE_SSL_CIPHER, CURLE_SSL_INVALIDCERTSTATUS, CURLE_SSL_ENGINE_NOTFOUND, CURLE_SSL_ENGINE_SETFAILED:
            kind = .tlsFailed
            isRetryable = false
            detail += "; if the server uses a private certificate authority, set the CA file"
        case CURLE_OPERATION_TIMEDOUT:
            kind = .timedOut
        case CURLE_RECV_ERROR where words.contains("chunked-encoding"):  // libcurl has no code of its own for this
            kind = .malformedResponse
        case CURLE_GOT_NOTHING, CURLE_SEND_ERROR, CURLE_RECV_ERROR, CURLE_PARTIAL_FILE, CURLE_SEND_FAIL_REWIND:
            kind = .connectionLost
        case CURLE_ABORTED_BY_CALLBACK:  // only `Exchange.beginSending` aborts, and only a second sending comes so far
            kind = .connectionLost
            detail = "a kept connection closed without an answer; not sent again, because this request must not be repeated"
        case CURLE_FILESIZE_EXCEEDED:
            kind = .responseTooLarge
        case CURLE_UNSUPPORTED_PROTOCOL where effect == .unknown:  // so libcurl calls an answer that is not HTTP/1
            kind = .malformedResponse
        case CURLE_WEIRD_SERVER_REPLY, CURLE_BAD_CONTENT_ENCODING, CURLE_HTTP2:
            kind = .malformedResponse
        case CURLE_URL_MALFORMAT, CURLE_UNSUPPORTED_PROTOCOL:
            kind = .invalidRequest
            detail = String(cString: curl_easy_strerror(code))  // the buffer could quote the URL
        default:
            kind = .other
            detail += " (libcurl \(code.rawValue))"
        }
        self.init(kind, effect: effect, peer: peer, detail: detail, isRetryable: isRetryable)
    }
}
