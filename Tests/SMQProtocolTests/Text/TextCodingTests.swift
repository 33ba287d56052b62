import Testing

@testable import SMQProtocol

@Suite("Dates, digests, encodings")
struct TextCodingTests {
    @Test(
        "dates are written and read in the one form of HTTP",
        arguments: [
            (1_436_410_894, "Thu, 09 Jul 2015 03:01:34 GMT"), (0, "Thu, 01 Jan 1970 00:00:00 GMT"),
            (951_782_400, "Tue, 29 Feb 2000 00:00:00 GMT"), (4_107_542_399, "Sun, 28 Feb 2100 23:59:59 GMT"),
            (-1, "Wed, 31 Dec 1969 23:59:59 GMT"),
        ])
    func dates(seconds: Int64, text: String) {
        let time = ServerTime(milliseconds: seconds * 1_000)
        #expect(HTTPDate.text(of: time) == text)
        #expect(HTTPDate.time(of: text) == time)
        #expect(HTTPDate.text(of: ServerTime(milliseconds: seconds * 1_000 + 999)) == text)
    }

    @Test("every day of 400 years comes back as it was")
    func everyDay() {
        for day in stride(from: Int64(-719_162), to: 146_097 - 719_162, by: 1) {
            let civil = CivilTime(unixSeconds: day * 86_400 + 1)
            let back = CivilTime.unixSeconds(year: civil.year, month: civil.month, day: civil.day, hour: 0, minute: 0, second: 1)
            if back != day * 86_400 + 1 { Issue.record("\(civil) came back as \(String(describing: back))") }
        }
    }

    @Test(
        "any other form of a date is refused",
        arguments: [
            "", "Thu, 09 Jul 2015 03:01:34", "Thu, 9 Jul 2015 03:01:34 GMT", "2015-07-09T03:01:34Z", "Thu, 31 Jun 2015 03:01:34 GMT",
            "Thu, 09 jul 2015 03:01:34 GMT", "Thu, 09 Jul 2015 24:01:34 GMT", "Thu, 09 Jul 2015 03:01:34 CET",
            "Thu, 29 Feb 2015 00:00:00 GMT",
        ])
    func badDates(text: String) { #expect(HTTPDate.time(of: text) == nil) }

    @Test(
        "the digest of a body is that of the text as transmitted",
        arguments: [
            ("hello", "5D41402ABC4B2A76B9719D911017C592"), ("aGVsbG8=", "0733351879B2FA9BD05C7CA3061529C0"),
            ("hello mns", "0C91FF67AF5B07A61C82F0DD90CAEFC3"), ("VGhpcyBpcyBhIHRlc3QgbWVzc2FnZQ==", "F9360F391579E71CA77BC5D50242FCF4"),
        ])
    func digests(body: String, md5: String) { #expect(MessageBodyMD5.text(of: Array(body.utf8)) == md5) }

    @Test(
        "base64 of RFC 4648",
        arguments: [
            ("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foob", "Zm9vYg=="), ("fooba", "Zm9vYmE="), ("foobar", "Zm9vYmFy"),
        ])
    func base64(text: String, expected: String) {
        #expect(Array(text.utf8).withUnsafeBytes { Base64.text(of: $0) } == expected)
    }

    @Test("percent-decoding keeps a plus sign and refuses what is cut off")
    func percent() {
        #expect(PercentCoding.encode("1-a+b/c== ü") == "1-a%2Bb%2Fc%3D%3D%20%C3%BC")
        #expect(PercentCoding.decode("1-a+b%2Fc%3d=%C3%BC"[...].utf8) == "1-a+b/c==ü")
        for broken in ["%", "%1", "a%zz", "%ff"] { #expect(PercentCoding.decode(broken[...].utf8) == nil, "\(broken)") }
    }
}
