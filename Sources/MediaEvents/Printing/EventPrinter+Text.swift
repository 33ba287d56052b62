extension EventPrinter {
    /// Lines for a person: names to the left, values to the right, nested fields as `StreamInfos[0].Status`. Ends with a line
    /// break. Control characters are shown as escapes, so that a body cannot steer the terminal.
    /// - Throws: As `json`.
    public static func text(_ body: DecodedBody) throws -> String {
        var lines: [(name: String, value: String)] = []
        switch body.result {
        case .typed(let event):
            lines.append(("type", type(of: event).type.name))
            lines.append(("outcome", event.outcome?.result.rawValue ?? "none"))
            lines.append(("subject", event.subject ?? "none"))
            flatten(try JSONDocument(fields(of: event)).root, name: "", into: &lines)
        case .unknown(let unknown):
            lines = [("unknown", unknown.type?.name ?? "no type"), ("reason", unknown.reason)]
        case .undecodable(let fault):
            lines = [("undecodable", ""), ("reason", fault.reason)]
        }
        let width = lines.map(\.name.count).max() ?? 0
        return lines.map { line in
            let padding = String(repeating: " ", count: width - line.name.count)
            return line.value.isEmpty ? line.name + "\n" : "\(line.name)\(padding)  \(visible(line.value))\n"
        }.joined()
    }

    private static func flatten(_ value: JSONNode, name: String, into lines: inout [(name: String, value: String)]) {
        switch value.kind {
        case .object:
            for field in value.sortedFields {
                let key = field.name.text ?? ""
                flatten(field.value, name: name.isEmpty ? key : "\(name).\(key)", into: &lines)
            }
        case .array:
            let elements = value.parts
            if elements.isEmpty { lines.append((name, "[]")) }
            for (index, element) in elements.enumerated() { flatten(element, name: "\(name)[\(index)]", into: &lines) }
        case .text: lines.append((name, value.text ?? ""))
        case .number: lines.append((name, String(decoding: value.bytes, as: UTF8.self)))
        case .true, .false: lines.append((name, value.kind == .true ? "true" : "false"))
        case .null: lines.append((name, "null"))
        }
    }

    private static func visible(_ text: String) -> String {
        guard text.unicodeScalars.contains(where: { $0.properties.generalCategory == .control }) else { return text }
        return text.unicodeScalars.map { scalar in
            scalar.properties.generalCategory == .control ? "\\u{\(String(scalar.value, radix: 16))}" : String(scalar)
        }.joined()
    }
}
