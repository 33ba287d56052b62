/// An `Authorization` header taken apart.
enum Authorization: Equatable {
    case standard(accessKeyID: String, signature: String)
    /// - Parameter day: `yyyyMMdd`
    case regional(accessKeyID: String, day: String, region: String, signature: String)

    /// - Returns: nil for any other form.
    init?(_ header: String) {
        if header.hasPrefix("MNS ") {
            let parts = header.dropFirst(4).split(separator: ":", omittingEmptySubsequences: false)
            guard parts.count == 2, !parts[0].isEmpty, !parts[1].isEmpty else { return nil }
            self = .standard(accessKeyID: String(parts[0]), signature: String(parts[1]))
            return
        }
        guard header.hasPrefix(RegionalSignature.scheme + " ") else { return nil }
        var values: [Substring: Substring] = [:]
        for field in header.dropFirst(RegionalSignature.scheme.count + 1).split(separator: ",") {
            let trimmed = field.drop { $0 == " " }
            guard let equal = trimmed.firstIndex(of: "=") else { return nil }
            values[trimmed[..<equal]] = trimmed[trimmed.index(after: equal)...]
        }
        guard let scope = values["Credential"]?.split(separator: "/", omittingEmptySubsequences: false),
            let signature = values["Signature"],
            scope.count == 5, scope[3] == "mns", scope[4] == "aliyun_v4_request", scope.allSatisfy({ !$0.isEmpty }), !signature.isEmpty
        else { return nil }
        self = .regional(accessKeyID: String(scope[0]), day: String(scope[1]), region: String(scope[2]), signature: String(signature))
    }

    var accessKeyID: String {
        switch self {
        case .standard(let id, _), .regional(let id, _, _, _): id
        }
    }
}
