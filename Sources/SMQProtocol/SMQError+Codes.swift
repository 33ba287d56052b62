extension SMQError.Code {
    // Messages and handles.
    /// Nothing to receive; or the handle's message is gone, visible again or leased anew.
    package static let messageNotExist = Self("MessageNotExist")
    package static let receiptHandleError = Self("ReceiptHandleError")
    package static let missingReceiptHandle = Self("MissingReceiptHandle")
    package static let missingVisibilityTimeout = Self("MissingVisibilityTimeout")

    // Queues.
    package static let queueNotExist = Self("QueueNotExist")
    package static let queueAlreadyExist = Self("QueueAlreadyExist")
    package static let queueDeletedRecently = Self("QueueDeletedRecently")
    package static let invalidQueueName = Self("InvalidQueueName")
    package static let queueNameLengthError = Self("QueueNameLengthError")

    // Requests.
    package static let invalidArgument = Self("InvalidArgument")
    package static let malformedXML = Self("MalformedXML")
    /// The service spells it so; some clients list `InvalidDigest`.
    package static let invalidDegist = Self("InvalidDegist")
    package static let invalidDigest = Self("InvalidDigest")
    package static let invalidContentType = Self("InvalidContentType")
    package static let invalidRequestURL = Self("InvalidRequestURL")
    package static let invalidQueryString = Self("InvalidQueryString")
    package static let invalidDateHeader = Self("InvalidDateHeader")
    package static let missingDateHeader = Self("MissingDateHeader")
    package static let invalidVersionHeader = Self("InvalidVersionHeader")
    package static let missingVersionHeader = Self("MissingVersionHeader")
    package static let invalidAuthorizationHeader = Self("InvalidAuthorizationHeader")
    package static let missingAuthorizationHeader = Self("MissingAuthorizationHeader")

    // Rights.
    package static let accessDenied = Self("AccessDenied")
    package static let invalidAccessKeyID = Self("InvalidAccessKeyId")
    package static let signatureDoesNotMatch = Self("SignatureDoesNotMatch")
    /// The request's `Date` is more than 15 minutes off the server's clock.
    package static let timeExpired = Self("TimeExpired")

    // The service.
    package static let tooManyRequests = Self("TooManyRequests")
    /// The older throttling code, per queue.
    package static let qpsLimitExceeded = Self("QpsLimitExceeded")
    package static let internalError = Self("InternalError")
    package static let internalServerError = Self("InternalServerError")

    // No answer of the service: this side's own codes.
    /// The exchange broke after it had begun.
    package static let transport = Self("Client.Transport")
    package static let cancelled = Self("Client.Cancelled")
    package static let timeout = Self("Client.Timeout")
    /// No connection: name not found, refused, TLS handshake broken off.
    package static let unreachable = Self("Client.Unreachable")
    /// The server's certificate is not trusted: somebody has to change a setting.
    package static let untrusted = Self("Client.Untrusted")
    /// An answer came, but not one of this protocol: a proxy's page, or a broken document.
    package static let malformedAnswer = Self("Client.MalformedAnswer")
    /// Refused here, before anything was sent.
    package static let invalidRequest = Self("Client.InvalidRequest")
}

extension SMQError.Code {
    /// The message is no longer ours to delete or re-time: the documents disagree about which code says so.
    package var meansLeaseLost: Bool { self == .messageNotExist || self == .receiptHandleError }

    /// The account or the queue is over its rate: wait half a second or more.
    package var isThrottling: Bool { self == .tooManyRequests || self == .qpsLimitExceeded }

    /// Whether the same request can succeed later without anybody changing anything. Says nothing about whether a repeat does
    /// harm: see `SMQError.effect`.
    package var isRetryable: Bool {
        switch self {
        case .tooManyRequests, .qpsLimitExceeded, .internalError, .internalServerError: true
        case .timeExpired: true  // the client has learnt the server's time from the refusal
        case .invalidDegist, .invalidDigest: true  // damaged on the way
        case .transport, .timeout, .unreachable: true
        default: false
        }
    }

    /// The HTTP status that goes with the code. 400 for codes that are not listed.
    package var httpStatus: Int {
        switch self {
        case .messageNotExist, .queueNotExist: 404
        case .queueAlreadyExist: 409
        case .accessDenied, .invalidAccessKeyID, .signatureDoesNotMatch: 403
        case .timeExpired: 408
        case .tooManyRequests: 429
        case .internalError, .internalServerError: 500
        default: 400
        }
    }
}

extension SMQError {
    /// Whether the same request can succeed later without anybody changing anything. Says nothing about whether a repeat does
    /// harm: see `effect`.
    package var isRetryable: Bool {
        if code.isRetryable { return true }
        guard let status else { return false }
        // A page of a gateway, or an answer that was cut short.
        return status >= 500 || code == .malformedAnswer && (status == 408 || status == 429 || status < 300)
    }
}

extension SMQError: CustomStringConvertible {
    /// `DeleteMessage on jobs: QueueNotExist (404): The queue ... [request 6A00...]`
    package var description: String {
        var text = operation
        if let queue { text += " on \(queue)" }
        text += ": \(code.name)"
        if let status { text += " (\(status))" }
        if !message.isEmpty { text += ": \(message)" }
        if let requestID { text += " [request \(requestID)]" }
        return text
    }
}
