import Foundation

/// Decoded bodies for people and programs: what `event decode` prints.
public enum EventPrinter {
    /// One JSON object on one line, without a line break at its end:
    /// `{"kind":"typed","type":T,"outcome":"success"|"failure"|null,"fields":{...}}`,
    /// `{"kind":"unknown","type":T or null,"reason":R}`, `{"kind":"undecodable","reason":R}`.
    /// - Throws: `EncodingError` for a value that JSON cannot hold, which no decoded event has.
    public static func json(_ body: DecodedBody) throws -> [UInt8] {
        switch body.result {
        case .typed(let event):
            try object([
                ("kind", .text("typed")),
                ("type", .text(type(of: event).type.name)),
                ("outcome", event.outcome.map { .text($0.result.rawValue) } ?? .null),
                ("fields", .encoded(try fields(of: event))),
            ])
        case .unknown(let unknown):
            try object([
                ("kind", .text("unknown")),
                ("type", unknown.type.map { .text($0.name) } ?? .null),
                ("reason", .text(unknown.reason)),
            ])
        case .undecodable(let fault):
            try object([("kind", .text("undecodable")), ("reason", .text(fault.reason))])
        }
    }

    /// The event as one JSON object on one line: the vendor's names, canonical types, keys sorted.
    /// - Throws: As `json`.
    public static func fields(of event: any MediaEvent) throws -> [UInt8] { try canonical(event) }

    static func canonical(_ value: any Encodable) throws -> [UInt8] {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return [UInt8](try encoder.encode(value))
    }

    private enum Member {
        case null
        case text(String)
        case encoded([UInt8])
    }

    /// Keeps the order of the members, which an encoder would not.
    private static func object(_ members: [(name: String, value: Member)]) throws -> [UInt8] {
        var bytes: [UInt8] = [UInt8(ascii: "{")]
        for (place, member) in members.enumerated() {
            if place > 0 { bytes.append(UInt8(ascii: ",")) }
            bytes += try canonical(member.name)
            bytes.append(UInt8(ascii: ":"))
            switch member.value {
            case .null: bytes += Array("null".utf8)
            case .text(let text): bytes += try canonical(text)
            case .encoded(let json): bytes += json
            }
        }
        bytes.append(UInt8(ascii: "}"))
        return bytes
    }
}
