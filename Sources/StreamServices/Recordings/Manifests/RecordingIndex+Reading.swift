extension RecordingIndex {
    /// One slice lasts no longer: 5.5 minutes are documented.
    private static let longestSlice: Int64 = 86_400_000_000

    /// What slices cannot be played without, and what a playlist of ours does not carry over.
    private static let needed = ["#EXT-X-KEY", "#EXT-X-MAP", "#EXT-X-BYTERANGE"]

    init(_ bytes: [UInt8]) throws(UnreadableIndex) {
        guard bytes.count <= Self.maximumSize else { throw UnreadableIndex(reason: "has more than \(Self.maximumSize) bytes") }
        guard let text = String(validating: bytes, as: UTF8.self) else { throw UnreadableIndex(reason: "is not UTF-8") }
        var lines = text.unicodeScalars.split(omittingEmptySubsequences: false) { $0 == "\n" }.map { Self.trimmed(Substring($0)) }
        if let first = lines.first, first.unicodeScalars.first == "\u{FEFF}" { lines[0] = Substring(first.unicodeScalars.dropFirst()) }
        guard lines.first == "#EXTM3U" else { throw UnreadableIndex(reason: "does not begin with #EXTM3U") }
        var damageCount = 0
        var (length, isDiscontinuous) = (Int64?.none, false)
        func damage(_ number: Int, _ what: String) {
            damageCount += 1
            if damageCount <= Self.maximumDamages { damages.append("line \(number + 1) \(what)") }
        }
        for (number, line) in lines.enumerated() where !line.isEmpty {
            if let value = line.after("#EXTINF:") {
                if length != nil { damage(number, "follows a length without a slice") }
                length = Self.microseconds(value.prefix { $0 != "," })
                if length == nil { damage(number, "has no length in seconds") }
            } else if line == "#EXT-X-DISCONTINUITY" {
                isDiscontinuous = true
            } else if line == "#EXT-X-ENDLIST" {
                isClosed = true
            } else if let attributes = line.after("#EXT-X-AGORA-TRACK-EVENT:") {
                if let time = Self.attribute("TIME", of: attributes).flatMap(RecordingTime.parseOfIndex) { starts.append(time) }
            } else if let tag = Self.needed.first(where: { line.hasPrefix($0 + ":") }) {
                damage(number, "has \(tag.dropFirst()), which is not carried over")
            } else if !line.hasPrefix("#") {
                if let length {
                    entries.append(Entry(uri: String(line), microseconds: length, isDiscontinuous: isDiscontinuous))
                } else {
                    damage(number, "names a slice without a length")
                }
                (length, isDiscontinuous) = (nil, false)
            }
        }
        if length != nil { damage(lines.count - 1, "is the end, after a length without a slice") }
        if damageCount > Self.maximumDamages { damages.append("\(damageCount - Self.maximumDamages) more lines") }
        starts.sort()
    }

    /// Seconds with or without a fraction, exact to the microsecond. Nil for signs, exponents, and what no slice lasts.
    static func microseconds(_ text: Substring) -> Int64? {
        let text = trimmed(text)
        let parts = text.split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
        guard text.utf8.count <= 32, let seconds = parts.first, let whole = DigitText(seconds), let number = Int64(whole.text) else {
            return nil
        }
        var fraction = Int64(0)
        if parts.count == 2 {
            guard let digits = DigitText(parts[1]) else { return nil }
            fraction = Int64((digits.text + "000000").prefix(6)) ?? 0
        }
        guard number <= longestSlice / 1_000_000 else { return nil }
        return number * 1_000_000 + fraction
    }

    /// The value of one of a tag's attributes, without quotes.
    private static func attribute(_ name: String, of text: Substring) -> Substring? {
        for part in text.split(separator: ",") {
            let words = part.split(separator: "=", maxSplits: 1)
            if words.count == 2, trimmed(words[0]) == name { return words[1].trimmingPrefix("\"").prefix { $0 != "\"" && $0 != " " } }
        }
        return nil
    }

    private static func trimmed(_ text: Substring) -> Substring {
        let scalars = text.unicodeScalars
        guard let first = scalars.firstIndex(where: { !blanks.contains($0) }), let last = scalars.lastIndex(where: { !blanks.contains($0) })
        else { return "" }
        return Substring(scalars[first...last])
    }

    private static let blanks: Set<Unicode.Scalar> = [" ", "\t", "\r"]
}

extension Substring {
    fileprivate func after(_ prefix: String) -> Substring? { hasPrefix(prefix) ? dropFirst(prefix.count) : nil }
}
