import Testing

@testable import MediaEvents

@Suite("Outcome and time") struct ValueTests {
    @Test("the vendor's three words for success are success", arguments: ["success", "Success", "Succeed", "SUCCESS", "sUCCEED"])
    func success(word: String) {
        #expect(Outcome(word: word).result == .success && Outcome(word: word).word == word)
    }

    @Test(
        "no other word is a success, an unfamiliar one least of all",
        arguments: [
            "fail", "Failed", "FAIL", "", "ok", "Finished", "Processing", "successful", "success ", "succeeded", "ſuccess",
        ])
    func failure(word: String) {
        #expect(Outcome(word: word).result == .failure && Outcome(word: word).word == word)
    }

    @Test(
        "all three forms of a time are read",
        arguments: [
            ("2025-06-01T09:30:05Z", 1_748_770_205_000), ("2025-06-01T09:30:05.123Z", 1_748_770_205_123),
            ("2025-06-01T09:30:05:123Z", 1_748_770_205_123), ("1970-01-01T00:00:00Z", 0), ("2024-02-29T23:59:59Z", 1_709_251_199_000),
            ("2000-02-29T00:00:00Z", 951_782_400_000), ("2000-03-01T00:00:00Z", 951_868_800_000),
            ("9999-12-31T23:59:59.999Z", 253_402_300_799_999),
        ])
    func times(text: String, milliseconds: Int64) {
        #expect(VendorTime(text).unixMilliseconds == milliseconds)
    }

    @Test(
        "every other text is kept, without a meaning",
        arguments: [
            "", "now", "2025-06-01", "2025-06-01T09:30:05", "2025-06-01T09:30:05+08:00", "2025-06-01 09:30:05Z", "2025-13-01T09:30:05Z",
            "2025-02-29T09:30:05Z", "2100-02-29T00:00:00Z", "2025-06-31T09:30:05Z", "2025-06-00T09:30:05Z", "2025-06-01T24:00:00Z",
            "2025-06-01T09:60:05Z", "2025-06-01T09:30:60Z", "2025-06-01T09:30:05.12Z", "2025-06-01T09:30:05,123Z",
            "2025-06-01T09:30:05.1x3Z",
            "1969-12-31T23:59:59Z", "二零二五年六月一日九点三十分", "2025-06-01T09:30:05z",
        ])
    func noTime(text: String) {
        #expect(VendorTime(text).unixMilliseconds == nil && VendorTime(text).text == text)
    }

    @Test("a time of an unknown form is printed as it came")
    func odd() throws {
        let body = decode(#"{"EventType":"FileUploadComplete","VideoId":"v","EventTime":"June"}"#)
        #expect(try fields(body)["EventTime"] as? String == "June")
    }
}
