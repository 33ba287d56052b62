import HTTPTransport
import Testing

@Suite("headers of an answer", .timeLimit(.minutes(1)))
struct HTTPHeadersTests {
    @Test("are found in any case, the first of a name, without the blanks around the value")
    func lookUp() async throws {
        let server = try LoopbackServer { connection in
            while connection.read() != nil {
                connection.send("HTTP/1.1 100 Continue\r\nx-early: 1\r\n\r\n")
                connection.send("HTTP/1.1 200 OK\r\nX-Mns-Request-Id:  5F2A \t\r\nx-two: a\r\nX-TWO: b\r\nx-none:\r\nx-colon: a:b\r\n")
                connection.send("Transfer-Encoding: chunked\r\n\r\n2\r\nok\r\n0\r\nx-trailer: 1\r\n\r\n")
            }
        }
        let response = try await HTTPTransport(name: "test").perform(.get(server.url("/")))
        let headers = response.headers
        #expect(response.status == 200 && response.text == "ok")
        #expect(headers["x-mns-request-id"] == "5F2A" && headers["X-MNS-REQUEST-ID"] == "5F2A")
        #expect(headers["x-two"] == "a" && headers["x-none"] == "" && headers["x-colon"] == "a:b")
        #expect(headers["x-early"] == nil && headers["x-trailer"] == nil && headers["x"] == nil && headers["HTTP/1.1 200 OK"] == nil)
        #expect(headers.fields.map(\.name) == ["X-Mns-Request-Id", "x-two", "X-TWO", "x-none", "x-colon", "Transfer-Encoding"])
    }

    @Test("can be made without a server")
    func made() {
        let headers = HTTPHeaders([("Date", "now"), ("x", "")])
        #expect(headers["date"] == "now" && headers["X"] == "" && headers["y"] == nil)
        #expect(HTTPHeaders().fields.isEmpty)
    }
}
