import Testing

@testable import MediaEvents

@Suite("Exact decimals") struct DecimalNumberTests {
    private func number(_ text: String) -> DecimalNumber { DecimalNumber(Array(text.utf8)) }

    @Test(
        "the plain form says the same number",
        arguments: [
            ("0", "0"), ("-0", "0"), ("0.000", "0"), ("0e99999999999999999999", "0"), ("10", "10"), ("-10.50", "-10.5"), ("1e3", "1000"),
            ("1.25e1", "12.5"), ("125e-2", "1.25"), ("125e-3", "0.125"), ("125e-5", "0.00125"), ("0.1", "0.1"), ("100e-2", "1"),
            ("123456789012345678901234567890.5", "123456789012345678901234567890.5"),
        ])
    func text(number text: String, plain: String) {
        #expect(number(text).text == plain)
    }

    @Test("a number whose plain form is endless has none", arguments: ["1e999", "1e-999", "1e99999999999999999999", "-1e-2147483649"])
    func endless(text: String) {
        #expect(number(text).text == nil)
        #expect(number(text).int64 == nil)
    }

    @Test("every 64-bit number comes through, none beyond", arguments: [Int64.min, .min + 1, -1, 0, 1, 10, .max - 1, .max])
    func bounds(value: Int64) {
        #expect(number("\(value)").int64 == value)
        #expect(number("\(value).000").int64 == value)
        #expect(number("\(value)0e-1").int64 == value)
        #expect(number("\(value)e19").int64 == (value == 0 ? 0 : nil))
        #expect(number("\(value).1").int64 == nil)
    }
}
