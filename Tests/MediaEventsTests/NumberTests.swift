import Testing

@testable import MediaEvents

@Suite("Numbers and truth values") struct NumberTests {
    private func event(_ field: String, _ value: String) throws -> StreamTranscodeComplete {
        try decode(#"{"EventType":"StreamTranscodeComplete","VideoId":"v","\#(field)":\#(value)}"#).event(as: StreamTranscodeComplete.self)
    }

    @Test(
        "a Long is exact to 64 bits in every form",
        arguments: [
            ("5120", 5120), ("5120.0", 5120), ("\"5120\"", 5120), ("\"5120.0\"", 5120), ("5.12e3", 5120), ("-0", 0), ("\"-7\"", -7),
            ("9223372036854775807", Int64.max), ("\"9223372036854775807\"", .max), ("9223372036854775807.0", .max),
            ("-9223372036854775808", .min), ("9007199254740993", 9_007_199_254_740_993), ("9007199254740993.0", 9_007_199_254_740_993),
        ])
    func long(text: String, value: Int64) throws {
        #expect(try event("Size", text).size == value)
    }

    @Test(
        "a Long that does not fit, or is none, is absent",
        arguments: [
            "9223372036854775808", "-9223372036854775809", "1e400", "5.5", "\"5.5\"", "\"\"", "\" 5\"", "\"5 \"", "\"+5\"", "\"0x10\"",
            "\"1e3\"",
            "\"9223372036854775808\"", "\"5.\"", "\".0\"", "\"five\"", "true", "[5]", "{\"a\":5}", "null",
        ])
    func noLong(text: String) throws {
        #expect(try event("Size", text).size == nil)
    }

    @Test(
        "a sequence number uses 64 bits without a sign",
        arguments: [
            ("18446744073709551615", UInt64.max), ("\"18446744073709551615\"", .max), ("18446744073709551615.0", .max), ("1.0e1", 10),
            ("9223372036854775808", 1 << 63), ("0", 0), ("18446744073709551616", nil), ("-1", nil), ("\"+1\"", nil), ("1.5", nil),
        ])
    func unsigned(text: String, value: UInt64?) throws {
        let notice = decode(#"{"noticeId":"n","productId":1,"eventType":103,"payload":{"channelName":"c","clientSeq":\#(text)}}"#)
        #expect(try notice.event(as: AgoraNotice<RTCChannelPayload<HostJoined>>.self).payload.clientSeq == value)
    }

    @Test(
        "a Duration comes as number or text",
        arguments: [
            ("15", 15), ("15.0", 15), ("52.233433", 52.233433), ("\"52.233433\"", 52.233433), ("\"15\"", 15), ("1.5e1", 15),
            ("12345678901234567890", 12_345_678_901_234_567_890.0),
        ])
    func double(text: String, value: Double) throws {
        #expect(try event("Duration", text).duration == value)
    }

    @Test(
        "a Duration that is no finite decimal number is absent",
        arguments: [
            "\"nan\"", "\"inf\"", "\"0x1p3\"", "\"\"", "\" 1\"", "\"1s\"", "1e999", "\"1e999\"", "false", "[]",
        ])
    func noDouble(text: String) throws {
        #expect(try event("Duration", text).duration == nil)
    }

    @Test(
        "a field that the table calls String is text whatever arrived",
        arguments: [
            ("\"496\"", "496"), ("496", "496"), ("25.0", "25"), ("29.97", "29.97"), ("-1", "-1"),
            ("18446744073709551616", "18446744073709551616"),
        ])
    func numbersAsText(text: String, value: String) throws {
        #expect(try event("Bitrate", text).bitrate == value)
        #expect(try event("Fps", text).fps == value)
    }

    @Test("what is neither text nor number is no text", arguments: ["true", "[]", "{}", "null", "1e999"])
    func noText(text: String) throws {
        #expect(try event("Bitrate", text).bitrate == nil)
    }

    @Test(
        "a Boolean is true, false, or their text",
        arguments: [
            ("true", true), ("false", false), ("\"true\"", true), ("\"False\"", false), ("1", nil), ("0", nil), ("\"yes\"", nil),
            ("null", nil),
        ] as [(String, Bool?)])
    func boolean(text: String, value: Bool?) throws {
        #expect(try event("Encrypt", text).encrypt == value)
    }
}
