/// Agora's tokens in a text that may be shown.
package enum StreamToken {
    /// Versions that tokens begin with; a word that long and of these characters is nothing else.
    private static let versions = ["006", "007"]
    private static let shortest = 40

    package static func masked(in text: String) -> String {
        guard versions.contains(where: text.contains) else { return text }
        var (result, word) = ("", "")
        for character in text {
            if character.isASCII, character.isLetter || character.isNumber || "+/=".contains(character) {
                word.append(character)
            } else {
                result += shown(word) + String(character)
                word = ""
            }
        }
        return result + shown(word)
    }

    private static func shown(_ word: String) -> String {
        word.utf8.count >= shortest && versions.contains(where: word.hasPrefix) ? StreamAddress.mask : word
    }
}
