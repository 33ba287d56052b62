import HTTPServing
import HTTPTypes
import HummingbirdCore
import NIOCore
import SMQProtocol

/// HTTP around the service: takes a request's bytes in, puts on the headers that every reply carries, and sees to leases that reach nobody.
///
/// There is no router: a signature covers the raw request target, and the codec tells the few resources apart from the same text.
struct HTTPFrontend: Sendable {
    /// Largest request body, in bytes: far above a batch of the largest messages.
    static let maximumBody = 2 << 20

    private let service: QueueService
    private let broker: MessageBroker
    private let now: @Sendable () -> Int64
    private let requestIDs = RequestIDs()

    init(service: QueueService, broker: MessageBroker, now: @escaping @Sendable () -> Int64) {
        self.service = service
        self.broker = broker
        self.now = now
    }

    @concurrent
    func respond(to request: Request, writer: consuming ResponseWriter, channel: any Channel) async throws {
        let host = request.head.authority ?? "localhost"
        let requestID = requestIDs.next(at: now())
        var answer: ServerAnswer
        var isBodyRead = true
        do throws(BodyFailure) {
            let body = try await BodyReader(maximum: Self.maximumBody).bytes(of: request, writer)
            answer = await service.answer(
                WireRequest(
                    method: request.method.rawValue, target: request.head.path ?? "",
                    headers: request.headers.map { ($0.name.canonicalName, $0.value) }, body: body),
                requestID: requestID, host: host, on: ConnectionPresence(channel: channel))
        } catch .tooLarge {
            isBodyRead = false
            answer = service.answer(
                refusing: ProtocolRefusal(.invalidArgument, "A request body may have at most \(Self.maximumBody) bytes."),
                requestID: requestID, host: host)
        } catch {
            throw error
        }
        if request.method == .head { answer.wire.body = [] }
        let head = head(of: answer.wire, closing: !isBodyRead || request.headers[.connection]?.lowercased() == "close")
        do {
            try await writer.write(response: head, body: ResponseBody(byteBuffer: ByteBuffer(bytes: answer.wire.body)))
        } catch {
            if let leased = answer.leased { broker.handBack(leased.messages, to: leased.queue) }
            throw error
        }
        if !isBodyRead { UnreadBody.close(channel) }
    }

    // MARK: Reply

    private func head(of answer: WireAnswer, closing: Bool) -> HTTPResponse {
        var fields = HTTPFields()
        fields.reserveCapacity(answer.headers.count + 4)
        for (name, value) in answer.headers {
            if let name = HTTPField.Name(name) { fields.append(HTTPField(name: name, value: value)) }
        }
        fields.append(HTTPField(name: .server, value: "AliyunMQS"))
        fields.append(HTTPField(name: .date, value: HTTPDate.text(of: ServerTime(milliseconds: now()))))
        if answer.status != 204 { fields.append(HTTPField(name: .contentLength, value: String(answer.body.count))) }
        if closing { fields.append(HTTPField(name: .connection, value: "close")) }
        return HTTPResponse(status: HTTPResponse.Status(code: answer.status), headerFields: fields)
    }
}
