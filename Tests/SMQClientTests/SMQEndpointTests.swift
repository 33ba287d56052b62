import Testing

@testable import SMQClient

@Suite("Endpoints")
struct SMQEndpointTests {
    @Test(
        "scheme, host and port are taken",
        arguments: [
            ("http://127.0.0.1:9324", "http://127.0.0.1:9324"),
            ("https://123456.mns.cn-hangzhou.aliyuncs.com/", "https://123456.mns.cn-hangzhou.aliyuncs.com"),
            ("HTTP://localhost", "http://localhost"), ("http://[::1]:9324", "http://[::1]:9324"),
            ("https://[fe80::1]", "https://[fe80::1]"),
        ])
    func good(text: String, url: String) throws { #expect(try SMQEndpoint(parsing: text).url == url) }

    @Test(
        "anything else is refused, with what to write instead",
        arguments: [
            "", "127.0.0.1:9324", "ftp://host", "http://", "http://:80", "http://host:", "http://host:0", "http://host:70000",
            "http://host:8x",
            "http://user:pw@host", "http://host/queues", "http://host?x=1", "http://host#f", "http://ho st", "http://::1", "http://[]:80",
        ])
    func bad(text: String) {
        #expect {
            try SMQEndpoint(parsing: text)
        } throws: { error in
            let text = "\(error)"
            return text.contains("write scheme, host and port only") && !text.contains("pw")
        }
    }
}
