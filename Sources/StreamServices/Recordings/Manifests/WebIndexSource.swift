package import HTTPTransport

/// Index files below a web address: a public bucket, or whatever stands in front of one. It cannot list, so late copies of index files
/// are found only if a notification names them.
package struct WebIndexSource: IndexSource {
    private static let exchangeLimit: Duration = .seconds(10)
    private static let connectLimit: Duration = .seconds(5)

    private let base: String
    private let http: any HTTPExchanging

    /// - Parameters:
    ///   - base: Without a query; names are put behind it with a `/` between.
    ///   - http: Its largest answer should be `maximumSize`.
    package init(_ base: String, http: any HTTPExchanging) {
        self.base = base.hasSuffix("/") ? base : base + "/"
        self.http = http
    }

    /// Bytes that an answer may have.
    package static let maximumSize = RecordingIndex.maximumSize

    package func names(in folders: Set<String>) async throws(IndexSourceError) -> [String]? { nil }

    package func read(_ name: String) async throws(IndexSourceError) -> [UInt8] {
        let answer = try await ask("GET", name)
        guard answer.body.count <= Self.maximumSize else { throw .refused("has more than \(Self.maximumSize) bytes") }
        return answer.body
    }

    package func holds(_ name: String) async throws(IndexSourceError) -> Bool {
        do throws(IndexSourceError) {
            _ = try await ask("HEAD", name)
            return true
        } catch {
            guard error == .missing else { throw error }
            return false
        }
    }

    private func ask(_ method: String, _ name: String) async throws(IndexSourceError) -> HTTPResponse {
        guard ObjectName.isSafe(name) else { throw .refused("has a name that leads out of the address") }
        let request = HTTPRequest(
            method: method, url: base + ObjectName.encoded(name), connectLimit: Self.connectLimit, exchangeLimit: Self.exchangeLimit,
            isRepeatable: true)
        let answer: HTTPResponse
        do throws(TransportError) { answer = try await http.perform(request) } catch {
            guard error.kind != .responseTooLarge else { throw .refused("has more than \(Self.maximumSize) bytes") }
            throw .unreachable("\(error)")
        }
        switch answer.status {
        case 200: return answer
        case 404, 410: throw .missing
        case 429, 500...: throw .unreachable("\(base) answered \(answer.status)")
        default: throw .refused("was refused with status \(answer.status)")
        }
    }
}
