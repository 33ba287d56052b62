/// Bodies as they may be shown and passed on: tokens, keys and the keys in stream addresses hidden, every other byte as it came.
///
/// Hidden are the values of the fields by which Agora's notifications and calls, and our own events, carry secrets, wherever they stand,
/// in documents within texts too; and every `rtmp` address in any text. VOD's events stay as they are: they hold no such fields, and the
/// signatures in their file addresses expire.
package enum StreamSecrets {
    /// - Parameter json: JSON text; a broken one is masked as far as its fields can be told.
    /// - Returns: Nil if there is nothing to hide.
    package static func masking(_ json: [UInt8]) -> [UInt8]? {
        var scanner = SecretScanner(json)
        guard let masked = scanner.run(), !isVOD(json) else { return nil }
        return masked
    }

    /// What may be shown of a JSON text.
    package static func masked(_ json: [UInt8]) -> [UInt8] { masking(json) ?? json }

    /// - Parameter body: As it stood in a queue, with or without base64.
    /// - Returns: The JSON text in it, masked and without base64; nil if there is nothing to hide.
    package static func masking(body: [UInt8]) -> [UInt8]? {
        do throws(UndecodableBody) {
            return masking(try BodyText(body, encoding: .auto).json)
        } catch {
            return masking(body)  // what is no event can hold secrets all the same
        }
    }

    private static func isVOD(_ json: [UInt8]) -> Bool {
        do throws(UndecodableBody) { return try JSONDocument(json).root.field("EventType") != nil } catch { return false }
    }
}
