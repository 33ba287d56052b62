import MediaEvents

/// Carries out what a `StreamTask` wants done, and says what came of it.
package struct StreamHands: Sendable {
    /// What came of a call, and what to tell people if it was nothing good.
    package struct Outcome<Value: Sendable>: Sendable {
        package let value: Value
        package var trouble: CallTrouble?
        /// Whether the service itself answered; nil if it was not asked.
        package var isServiceGood: Bool?
        /// No byte of it was carried out.
        package var isCertainlyUndone = false
    }

    /// A List that is as old as this, in milliseconds, does for a look at a healthy task.
    private static let censusAge: Int64 = 10_000
    /// Shorter than the shortest wait between two looks: what counts twice was seen in two Lists.
    private static let doubtfulCensusAge: Int64 = 4_000
    /// Clocks differ: a task that is older than its create by no more than this may come from it, in seconds.
    private static let clockSlack: Int64 = 30

    private let client: AgoraClient
    private let push: MediaPushCalls
    private let pull: MediaPullCalls
    private let lists: TaskLists
    private let converters: TaskCensus
    private let players: TaskCensus
    /// nil where the project needs no tokens.
    private let tokens: (any TokenProvider)?
    private let addresses: any StreamAddressCheck
    private let clock: any StreamClock

    package init(
        _ client: AgoraClient, appID: String, store: any TaskStore, tokens: (any TokenProvider)?, addresses: any StreamAddressCheck,
        clock: any StreamClock
    ) {
        self.client = client
        push = MediaPushCalls(appID: appID)
        pull = MediaPullCalls(appID: appID)
        lists = TaskLists(client, appID: appID)
        let lists = lists
        converters = TaskCensus(.mediaPush, store: store, clock: clock) {
            try await lists.converters(before: $0).map(TaskCensus.Member.init)
        }
        players = TaskCensus(.mediaPull, store: store, clock: clock) { try await lists.players(before: $0).map(TaskCensus.Member.init) }
        self.tokens = tokens
        self.addresses = addresses
        self.clock = clock
    }

    package func create(_ record: TaskRecord, before deadline: Int64) async -> Outcome<StreamTask.Creation> {
        let call: AgoraCall
        do { call = try await creation(record) } catch {
            let isRule = error is InvalidCall
            return Outcome(value: isRule ? .refused : .failed, trouble: CallTrouble(error), isCertainlyUndone: true)
        }
        do throws(AgoraError) {
            let answer = try await client.send(call, before: deadline)
            let trouble = CallTrouble(AgoraError(.answered(answer.meaning), call, answer: answer))
            switch answer.meaning {
            case .success:
                guard let id = Self.id(answer, of: record.service) else {
                    return Outcome(value: .unknown, trouble: CallTrouble("\(call.name) was answered without an id"), isServiceGood: true)
                }
                return Outcome(value: .created(id: id), isServiceGood: true)
            case .conflict: return Outcome(value: .nameTaken, trouble: trouble, isServiceGood: true, isCertainlyUndone: true)
            case .unknown: return Outcome(value: .unknown, trouble: trouble, isServiceGood: false)
            case .refused, .noRoute: return Outcome(value: .refused, trouble: trouble, isServiceGood: true, isCertainlyUndone: true)
            case .failed: return Outcome(value: .failed, trouble: trouble, isServiceGood: false)
            case .missing, .throttled, .notCompleted, .alreadyStarted, .nothingRecorded:
                return Outcome(value: .failed, trouble: trouble, isServiceGood: true, isCertainlyUndone: true)
            }
        } catch {
            let isUnknown = error.kind == .unknownOutcome
            return Outcome(
                value: isUnknown ? .unknown : .failed, trouble: CallTrouble(error), isServiceGood: error.isServiceGood,
                isCertainlyUndone: error.isCertainlyUndone)
        }
    }

    package func find(_ record: TaskRecord) async -> Outcome<StreamTask.Search> {
        do {
            let named = try await census(record.service).members(since: clock.unixMilliseconds).filter { $0.name == record.name }
            guard let task = named.first(where: { record.isOurs($0.id) }) ?? named.first else {
                return Outcome(value: .nobody, isServiceGood: true)
            }
            let begin = record.unresolvedSince.map { $0 / 1000 - Self.clockSlack }
            let mayBeOurs = begin.map { (task.created ?? .min) >= $0 } ?? false || record.wish.adopts == true
            var isOurs = record.isOurs(task.id)
            if !isOurs, mayBeOurs { isOurs = try await isAsWished(task, record) }
            guard isOurs else {
                let trouble = CallTrouble(
                    "the name \(record.name) belongs to the task \(task.id), which was not made for this wish; it is not touched",
                    foreignID: task.id)
                return Outcome(value: .foreign, trouble: trouble, isServiceGood: true)
            }
            return Outcome(value: .ours(id: task.id), isServiceGood: true)
        } catch {
            let answer = error as? AgoraError
            return Outcome(
                value: answer?.isRefusal == true ? .refused : .failed, trouble: CallTrouble(error), isServiceGood: answer?.isServiceGood)
        }
    }

    /// Whether a task is in the wish's channel and has its address. Where a List says neither, the List of the channel has to show it.
    private func isAsWished(_ task: TaskCensus.Member, _ record: TaskRecord) async throws -> Bool {
        var task = task
        if task.channel == nil {
            let channel = record.wish.channel
            let members: [TaskCensus.Member] =
                record.service == .mediaPush
                ? try await lists.converters(channel: channel).map(TaskCensus.Member.init)
                : try await lists.players(channel: channel).map(TaskCensus.Member.init)
            guard let found = members.first(where: { $0.id.lowercased() == task.id.lowercased() }) else { return false }
            task = found
        }
        guard (task.channel ?? record.wish.channel) == record.wish.channel else { return false }
        // Each replacement may have another priority in its address.
        let losses = record.life.losses
        let sent = [losses, max(0, losses - 1)].compactMap { record.wish.converter(after: $0)?.rtmpUrl } + [record.wish.address]
        return task.address.map { sent.map(TaskCensus.Member.mark).contains($0) } ?? true
    }

    package func look(_ id: String, _ record: TaskRecord) async -> Outcome<StreamTask.Look> {
        guard record.service == .mediaPush else { return await listed(id, record) }
        let got = await get(id, record)
        guard got.value == .there(hasFailed: nil) else { return got }
        // A converter that passes a stream on: its state is in the List alone, which may not have it yet.
        let listed = await listed(id, record)
        if case .there = listed.value { return listed }
        return got
    }

    /// The same from a List of the project: what Get says is not enough to give a task up.
    package func lookAgain(_ id: String, _ record: TaskRecord) async -> Outcome<StreamTask.Look> {
        await listed(id, record, since: clock.unixMilliseconds)
    }

    /// Tasks of the wish, other than the one it has now, that a List shows: their ids.
    package func strays(_ record: TaskRecord) async -> Outcome<[String]> {
        let now = clock.unixMilliseconds
        // As a List may be as old as looks are apart, one a round is enough for all streams.
        let since = max(now - record.rules.look, record.life.listedFrom ?? 0)
        guard since <= now, let current = record.life.instance?.id.lowercased() else { return Outcome(value: []) }
        do {
            let members = try await census(record.service).members(since: since)
            let shown = Set(members.map { $0.id.lowercased() }).subtracting([current])
            return Outcome(value: record.ids.filter { shown.contains($0.lowercased()) }, isServiceGood: true)
        } catch {
            return Outcome(value: [], trouble: CallTrouble(error), isServiceGood: (error as? AgoraError)?.isServiceGood)
        }
    }

    package func delete(
        _ id: String, _ record: TaskRecord, before deadline: Int64
    ) async -> Outcome<StreamTask.Deletion> {
        do {
            let isPush = record.service == .mediaPush
            let call = isPush ? try push.delete(id, in: record.wish.region) : try pull.delete(id, in: record.wish.region)
            let answer = try await client.send(call, before: deadline)
            switch answer.meaning {
            case .success: return Outcome(value: .done, isServiceGood: true)
            case .missing: return Outcome(value: .missing, isServiceGood: true)
            default:
                let error = AgoraError(.answered(answer.meaning), call, answer: answer)
                return Outcome(
                    value: error.isRefusal ? .refused : .failed, trouble: CallTrouble(error), isServiceGood: answer.isServiceGood)
            }
        } catch {
            return Outcome(value: .failed, trouble: CallTrouble(error), isServiceGood: (error as? AgoraError)?.isServiceGood)
        }
    }

    /// - Returns: nil if the address is good.
    package func addressTrouble(_ record: TaskRecord) async -> String? {
        await addresses.trouble(with: record.wish.address).map { "\(StreamAddress.masked(record.wish.address)): \($0)" }
    }

    private func census(_ service: StreamService) -> TaskCensus { service == .mediaPush ? converters : players }

    // MARK: Calls

    private func creation(_ record: TaskRecord) async throws -> AgoraCall {
        let (wish, losses) = (record.wish, record.life.losses)
        if let converter = wish.converter(after: losses) {
            return try push.create(converter, in: wish.region, originAddress: wish.hintAddress)
        }
        let now = clock.unixMilliseconds / 1000
        guard var player = wish.player(after: losses, began: record.began, now: now) else {
            throw InvalidCall(call: "Create", problems: [.init(field: "converter", rule: "or `player` is needed")])
        }
        if let tokens, let user = player.uid.map(TokenUser.uid) ?? player.account.map(TokenUser.account) {
            player.token = try await tokens.token(channel: player.channelName, user: user)
        }
        return try pull.create(player, in: wish.region, sourceAddress: wish.hintAddress, now: now)
    }

    private static func id(_ answer: AgoraAnswer, of service: StreamService) -> String? {
        if service == .mediaPush {
            let reply: ConverterReply? = try? VendorReply.read(answer.body)
            return reply?.converter?.id ?? answer.resourceID
        }
        let reply: PlayerCreated? = try? VendorReply.read(answer.body)
        return reply?.player.id ?? answer.resourceID
    }

    private func get(_ id: String, _ record: TaskRecord) async -> Outcome<StreamTask.Look> {
        do {
            let call = try push.get(id, in: record.wish.region)
            let answer = try await client.send(call)
            switch answer.meaning {
            case .success:
                guard let reply: ConverterReply = try? VendorReply.read(answer.body) else {
                    let trouble = CallTrouble("\(call.name) was answered with what cannot be read", call: call.name)
                    return Outcome(value: .nothingLearned, trouble: trouble, isServiceGood: true)
                }
                return Outcome(value: .there(hasFailed: reply.currentState.map { $0 == "failed" }), isServiceGood: true)
            case .missing: return Outcome(value: .missing, isServiceGood: true)
            case .failed, .unknown:
                let trouble = CallTrouble(AgoraError(.answered(answer.meaning), call, answer: answer))
                return Outcome(value: .failed, trouble: trouble, isServiceGood: false)
            default:
                let error = AgoraError(.answered(answer.meaning), call, answer: answer)
                return Outcome(value: error.isRefusal ? .refused : .nothingLearned, trouble: CallTrouble(error), isServiceGood: true)
            }
        } catch {
            let error = error as? AgoraError
            return Outcome(
                value: error?.isUnsent ?? true ? .nothingLearned : .failed, trouble: error.map { CallTrouble($0) },
                isServiceGood: error?.isServiceGood)
        }
    }

    /// - Parameter moment: Unix milliseconds; nil for one that is young enough, and younger than what was heard last.
    private func listed(_ id: String, _ record: TaskRecord, since moment: Int64? = nil) async -> Outcome<StreamTask.Look> {
        let age = record.life.isHealthy ? Self.censusAge : Self.doubtfulCensusAge
        let since = moment ?? max(clock.unixMilliseconds - age, record.life.instance?.heardAt ?? 0)
        do {
            let found = try await census(record.service).members(since: since).first { $0.id.lowercased() == id.lowercased() }
            // A sparse element means that it lives.
            return Outcome(
                value: found.map { .there(hasFailed: $0.state.map { $0 == "failed" }) } ?? .missing, isServiceGood: true)
        } catch {
            return Outcome(
                value: (error as? AgoraError)?.isRefusal == true ? .refused : .nothingLearned, trouble: CallTrouble(error),
                isServiceGood: error is CancellationError ? nil : (error as? AgoraError).map(\.isServiceGood) ?? false)
        }
    }
}

extension AgoraAnswer {
    /// False when the service could not do its work; any other answer says that it can.
    var isServiceGood: Bool { meaning != .failed && meaning != .unknown }
}

extension AgoraError {
    /// It waited for its turn here, and says nothing about the service.
    var isUnsent: Bool { isServiceGood == nil }

    /// nil where the service was not asked.
    var isServiceGood: Bool? {
        switch kind {
        case .answered: answer?.isServiceGood
        case .unknownOutcome, .unreachable: false
        case .rateUsedUp, .tooLate, .rateUncounted, .cancelled: nil
        }
    }
}
