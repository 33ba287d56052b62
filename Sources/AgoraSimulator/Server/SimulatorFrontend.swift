import HTTPServing
import HTTPTypes
import HummingbirdCore
import NIOCore
import SMQProtocol

/// HTTP around the simulation, for one host.
struct SimulatorFrontend: Sendable {
    /// Why a connection ends without an answer.
    private struct Withheld: Error {}

    /// Largest request body, in bytes.
    private static let maximumBody = 1 << 20

    /// Nil for the control address: no service answers there.
    let host: String?
    let engine: SimulatorEngine
    let connections: OpenConnections

    @concurrent
    func respond(to request: Request, writer: consuming ResponseWriter, channel: any Channel) async throws {
        connections.add(channel)
        var isBodyRead = true
        var reply: Reply
        do throws(BodyFailure) {
            reply = answer(request, try await BodyReader(maximum: Self.maximumBody).bytes(of: request, writer))
        } catch .tooLarge {
            isBodyRead = false
            reply = .answer(.message(413, "a body may have \(Self.maximumBody) bytes"))
        } catch {
            throw error
        }
        guard case .answer(let answer) = reply else {
            await withhold(reply, channel)
            throw Withheld()
        }
        let body = answer.body?.bytes ?? []
        let head = head(of: answer, body, closing: !isBodyRead || request.headers[.connection]?.lowercased() == "close")
        try await writer.write(response: head, body: ResponseBody(byteBuffer: ByteBuffer(bytes: body)))
        if !isBodyRead { UnreadBody.close(channel) }
    }

    private func answer(_ request: Request, _ body: [UInt8]) -> Reply {
        let (method, target) = (request.method.rawValue, request.head.path ?? "")
        if target.hasPrefix(ControlDesk.path) { return .answer(ControlDesk(engine: engine).answer(method, target, body)) }
        guard let host else { return .answer(.message(404, "here is nothing but \(ControlDesk.path)")) }
        let call = APICall(
            method: method, target: target, authorization: request.headers[.authorization],
            requestID: HTTPField.Name("X-Request-ID").flatMap { request.headers[$0] }, contentType: request.headers[.contentType],
            body: body)
        return engine.answer(call, from: host)
    }

    /// Returns when the connection is closed.
    private func withhold(_ reply: Reply, _ channel: any Channel) async {
        if case .hang(let moment) = reply { engine.hang(channel, until: moment) } else { channel.close(promise: nil) }
        _ = try? await channel.closeFuture.get()  // how it closed is nobody's concern
    }

    private func head(of answer: APIAnswer, _ body: [UInt8], closing: Bool) -> HTTPResponse {
        var fields: HTTPFields = [
            .contentType: "application/json", .contentLength: String(body.count),
            .date: HTTPDate.text(of: ServerTime(milliseconds: engine.now)),
        ]
        for (name, value) in answer.headers { if let name = HTTPField.Name(name) { fields[name] = value } }
        if closing { fields[.connection] = "close" }
        return HTTPResponse(status: .init(code: answer.status), headerFields: fields)
    }
}
