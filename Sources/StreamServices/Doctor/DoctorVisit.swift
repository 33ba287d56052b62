import MediaEvents
package import Settings

/// Asks everybody who knows something, and changes nothing: lists, a query for a recording that is none, a request without credentials.
package struct DoctorVisit: Sendable {
    package let appID: String
    package let section: AgoraSection
    package let client: AgoraClient
    package let probe: HostProbe
    package let tokens: (any TokenProvider)?
    package let facts: any StreamFactStore
    package let wishes: @Sendable () async throws -> (streams: [StreamWish], shows: [RecordingWish])
    package let rates: @Sendable () async throws -> [String: RateState]
    package let clock: any StreamClock

    package init(
        appID: String, section: AgoraSection, client: AgoraClient, probe: HostProbe, tokens: (any TokenProvider)?,
        facts: any StreamFactStore, wishes: @escaping @Sendable () async throws -> (streams: [StreamWish], shows: [RecordingWish]),
        rates: @escaping @Sendable () async throws -> [String: RateState], clock: any StreamClock
    ) {
        self.appID = appID
        self.section = section
        self.client = client
        self.probe = probe
        self.tokens = tokens
        self.facts = facts
        self.wishes = wishes
        self.rates = rates
        self.clock = clock
    }

    /// - Parameter services: Those that are used.
    /// - Throws: What a store throws; whatever Agora says is an observation.
    package func observe(_ services: [StreamService], state: DoctorObservations.State) async throws -> DoctorObservations {
        var seen = DoctorObservations(state: state, now: clock.unixMilliseconds)
        seen.limits = section.limits
        seen.hasCertificate = section.hasCertificate
        seen.hosts = await probe.hosts()
        for service in services {
            seen.replies[service] = await reply(of: service)
            seen.newest[service] = try await facts.newest(service)?.received
        }
        seen.tokens = await token()
        (seen.wishes, seen.shows) = try await wishes()
        seen.rates = try await rates()
        seen.now = clock.unixMilliseconds
        return seen
    }

    private func token() async -> DoctorObservations.Tokens {
        guard let tokens else { return .noSource }
        do {
            _ = try await tokens.token(channel: "doctor", user: .uid(1))
            return .made
        } catch {
            return .failed("\(error)")
        }
    }

    private func reply(of service: StreamService) async -> DoctorObservations.Reply {
        let lists = TaskLists(client, appID: appID)
        do {
            switch service {
            case .mediaPush:
                return .answered(
                    try await lists.converters().map {
                        .init(id: $0.converterID, name: $0.converterName, idleTimeout: $0.idleTimeout ?? $0.idleTimeOut)
                    })
            case .mediaPull: return .answered(try await lists.players().map { .init(id: $0.id, name: $0.name, idleTimeout: nil) })
            case .cloudRecording: return try await recording()
            }
        } catch {
            return .failed(Self.failure(error))
        }
    }

    /// There is no list of recordings; that none is found under these ids is an answer, too.
    private func recording() async throws(AgoraError) -> DoctorObservations.Reply {
        let handle = RecordingHandle(RecordingIdentity(cname: "doctor", uid: "1"), resourceID: "doctor", sid: "doctor", mode: .mix)
        let answer = try await client.send(CloudRecordingCalls(appID: appID).query(handle))
        let isUnknownApp = ["appid is invalid", "invalid_appid"].contains(answer.reason.lowercased())
        switch answer.status {
        case 401, 403, 429, 500...:
            return .failed(
                Self.failure(status: answer.status, "Cloud Recording query was answered with \(answer.status): \(answer.reason)"))
        case 400 where isUnknownApp: return .failed(.init(.notEnabled, "Cloud Recording does not know the App ID: \(answer.reason)"))
        default: return .answered(nil)
        }
    }

    private static func failure(_ error: any Error) -> DoctorObservations.Failure {
        guard let error = error as? AgoraError else { return .init(.other, "\(error)") }
        return error.answer.map { failure(status: $0.status, error.description) } ?? .init(.noAnswer, error.description)
    }

    private static func failure(status: Int, _ text: String) -> DoctorObservations.Failure {
        switch status {
        case 401: .init(.credentials, text)
        case 403: .init(.notEnabled, text)
        default: .init(.other, text)
        }
    }
}
