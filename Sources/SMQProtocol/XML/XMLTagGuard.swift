#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// Refuses, before libxml2 sees them, documents that it would read wrongly or in quadratic time.
///
/// - A NUL byte ends a document for libxml2: what follows would be ignored in silence.
/// - UTF-16, UTF-32 and EBCDIC are recognised by libxml2 from the first bytes; here only UTF-8 travels.
/// - Each attribute is compared with all before it in its tag: 200,000 of them in 2 MiB take minutes.
enum XMLTagGuard {
    static let maximumAttributes = 1_000
    /// Bytes from one `<` to the next below which no tag can hold too many attributes (`a=""` and a blank are 5).
    private static let harmless = 5 * maximumAttributes

    static func problem(in document: UnsafeBufferPointer<UInt8>) -> XMLError? {
        guard let start = document.baseAddress, let first = document.first else { return .empty }
        if memchr(start, 0, document.count) != nil { return .notUTF8 }
        let isByteOrderMark = first >= 0x80 && first != 0xEF  // of UTF-16 or UTF-32
        let isEBCDIC = first == 0x4C
        if isByteOrderMark || isEBCDIC { return .notUTF8 }
        var tag = next(document, from: 0)
        while let begin = tag {
            let following = next(document, from: begin + 1)
            if (following ?? document.count) - begin > harmless, attributes(document, from: begin + 1) > maximumAttributes {
                return .tooManyAttributes
            }
            tag = following
        }
        return nil
    }

    private static func next(_ document: UnsafeBufferPointer<UInt8>, from index: Int) -> Int? {
        guard let start = document.baseAddress, index < document.count else { return nil }
        return memchr(start + index, Int32(UInt8(ascii: "<")), document.count - index).map {
            UnsafeRawPointer($0) - UnsafeRawPointer(start)
        }
    }

    /// Equal signs outside quotes, up to the `>` that ends the tag.
    private static func attributes(_ document: UnsafeBufferPointer<UInt8>, from begin: Int) -> Int {
        if begin < document.count, document[begin] == UInt8(ascii: "!") || document[begin] == UInt8(ascii: "?") { return 0 }
        var count = 0
        var quote: UInt8?
        for byte in document[begin...] {
            if let open = quote {
                if byte == open { quote = nil }
                continue
            }
            switch byte {
            case UInt8(ascii: "\""), UInt8(ascii: "'"): quote = byte
            case UInt8(ascii: "="): count += 1
            case UInt8(ascii: ">"): return count
            default: break
            }
        }
        return count
    }
}
