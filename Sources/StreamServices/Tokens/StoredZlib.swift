/// A zlib stream (RFC 1950) of stored deflate blocks (RFC 1951, 3.2.4): whoever reads zlib reads it, and nothing is compressed.
enum StoredZlib {
    private static let longestBlock = 65_535

    static func stream(_ bytes: [UInt8]) -> [UInt8] {
        var stream: [UInt8] = [0x78, 0x01]  // deflate with a window of 32 KiB; no dictionary
        var start = 0
        repeat {
            let end = min(start + longestBlock, bytes.count)
            let length = UInt16(end - start)
            stream.append(end == bytes.count ? 1 : 0)  // the last block; stored
            withUnsafeBytes(of: length.littleEndian) { stream += $0 }
            withUnsafeBytes(of: (~length).littleEndian) { stream += $0 }
            stream += bytes[start..<end]
            start = end
        } while start < bytes.count
        withUnsafeBytes(of: adler32(bytes).bigEndian) { stream += $0 }
        return stream
    }

    /// RFC 1950, 8.2.
    static func adler32(_ bytes: [UInt8]) -> UInt32 {
        var (sum, sumOfSums): (UInt32, UInt32) = (1, 0)
        for byte in bytes {
            sum = (sum + UInt32(byte)) % 65_521
            sumOfSums = (sumOfSums + sum) % 65_521
        }
        return sumOfSums << 16 | sum
    }
}
