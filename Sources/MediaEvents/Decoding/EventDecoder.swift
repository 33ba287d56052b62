/// Message bytes to typed event: the one way in for the worker, the command line and the bridge.
public struct EventDecoder: Sendable {
    private let encoding: BodyEncoding
    private let reader: EnvelopeReader

    public init(encoding: BodyEncoding = .auto, catalog: EventCatalog = .standard) {
        self.encoding = encoding
        reader = EnvelopeReader(catalog: catalog)
    }

    /// Decodes one body. Never fails: a body that cannot be read is a result like the others.
    ///
    /// A plain body is not copied; `json` of the result shares its storage.
    public func decode(_ body: [UInt8]) -> DecodedBody {
        let unwrapped: BodyText
        let document: JSONDocument
        do throws(UndecodableBody) {
            unwrapped = try BodyText(body, encoding: encoding)
            document = try JSONDocument(unwrapped.json)
        } catch {
            return DecodedBody(json: nil, encoding: nil, result: .undecodable(error))
        }
        let result: Decoding
        do throws(UndecodableBody) { result = try reader.read(document.root) } catch { result = .undecodable(error) }
        return DecodedBody(json: unwrapped.json, encoding: unwrapped.encoding, result: result)
    }
}
