/// Makes documents readable that are JSON by its grammar and hold what no program can: such a value then counts as one of no type.
enum JSONRewriting {
    /// Puts `null` in the place of every number beyond the range of a Double, and turns each first half of a surrogate pair that has no
    /// second half into a second half without a first: the parser lets that pass, as text that is none.
    ///
    /// - Returns: As many bytes as came; nil if there is nothing of the kind.
    static func holdable(_ bytes: [UInt8]) -> [UInt8]? {
        var (result, isChanged) = (bytes, false)
        var (place, isText) = (0, false)
        while place < bytes.count {
            let byte = bytes[place]
            switch byte {
            case UInt8(ascii: "\\") where isText:
                let isFirstHalf = half(bytes, at: place) == .first
                let isWhole = isFirstHalf && half(bytes, at: place + 6) == .second
                if isFirstHalf && !isWhole {
                    result[place + 3] = UInt8(ascii: "c")
                    isChanged = true
                }
                place += isWhole ? 12 : 2
            case UInt8(ascii: "\""):
                isText.toggle()
                place += 1
            case UInt8(ascii: "-") where !isText, 0x30...0x39 where !isText:
                let number = bytes[place...].prefix { 0x30...0x39 ~= $0 || "+-.eE".utf8.contains($0) }
                if number.count >= 4, Double(String(decoding: number, as: UTF8.self))?.isInfinite == true {
                    for index in number.indices { result[index] = UInt8(ascii: " ") }
                    for (offset, letter) in "null".utf8.enumerated() { result[place + offset] = letter }
                    isChanged = true
                }
                place = number.endIndex
            default: place += 1
            }
        }
        return isChanged ? result : nil
    }

    private enum Half { case first, second }

    /// Which half of a pair the escape at this place is: `\ud83d` a first, `\ude00` a second.
    private static func half(_ bytes: [UInt8], at place: Int) -> Half? {
        guard place + 5 < bytes.count, bytes[place] == UInt8(ascii: "\\"), bytes[place + 1] == UInt8(ascii: "u"),
            bytes[place + 2] | 0x20 == UInt8(ascii: "d")
        else { return nil }
        return switch bytes[place + 3] | 0x20 {
        case UInt8(ascii: "8"), UInt8(ascii: "9"), UInt8(ascii: "a"), UInt8(ascii: "b"): .first
        case UInt8(ascii: "c")...UInt8(ascii: "f"): .second
        default: nil
        }
    }
}
