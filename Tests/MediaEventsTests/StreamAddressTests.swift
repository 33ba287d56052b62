import Testing

@testable import MediaEvents

@Suite("Addresses as they are shown") struct StreamAddressTests {
    @Test(
        "nothing of a stream's key is shown",
        arguments: [
            ("rtmp://cdn.example.com/live/key", "rtmp://cdn.example.com/live/<hidden>"),
            ("rtmp://cdn.example.com:1935/live/a/b?priority=1", "rtmp://cdn.example.com:1935/live/<hidden>"),
            ("rtmp://name:word@cdn.example.com/live/key", "rtmp://<hidden>@cdn.example.com/live/<hidden>"),
            ("https://media.example.net/key.m3u8", "https://media.example.net/<hidden>"),
            ("https://media.example.net?key", "https://media.example.net/<hidden>"), ("rtmp://cdn.example.com", "rtmp://cdn.example.com"),
            ("rtmp://cdn.example.com/", "rtmp://cdn.example.com/"), ("rtmp://cdn.example.com/live?key", "rtmp://cdn.example.com/<hidden>"),
            ("key", "<hidden>"), ("", "<hidden>"), ("rtmp://", "rtmp://"),
        ])
    func masked(address: String, shown: String) {
        #expect(StreamAddress.masked(address) == shown)
        #expect(StreamAddress.masked(shown) == shown, "what is hidden stays as it is")
    }
}
