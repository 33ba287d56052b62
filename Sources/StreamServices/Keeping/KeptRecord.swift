/// What the store keeps of one wanted thing.
package protocol KeptRecord: Codable, Sendable {
    /// Those whose tasks are kept in records of this kind.
    static var services: [StreamService] { get }

    var service: StreamService { get }
    /// Unique within the service.
    var name: String { get }
    /// Of everything at Agora that was made for it: what is heard of one of them makes it due.
    var ids: [String] { get }
}
