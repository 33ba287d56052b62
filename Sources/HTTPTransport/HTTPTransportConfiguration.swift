/// What all exchanges of one transport have in common.
package struct HTTPTransportConfiguration: Sendable, Equatable {
    /// A PEM file with the authorities to trust instead of the system's; nil for the system's.
    package var caFile: String?
    /// Bytes of body that an answer may have; a longer one ends as `responseTooLarge`.
    package var maximumResponseSize = 2 << 20
    /// Connections to keep, those in use included: choose it above the number of exchanges at the same time. More are opened
    /// when needed, but then not all are kept.
    package var maximumKeptConnections = 128
    /// How long an unused connection is kept, in whole seconds. Well under the time after which servers close it themselves,
    /// because a request sent just then is lost.
    package var connectionIdleLimit: Duration = .seconds(25)
    package var userAgent = "mediaworker"

    package init() {}
}
