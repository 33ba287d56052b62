package import Logging
import Synchronization

/// Makes the calls that a wanted recording asks for, each once, and says what came of it.
package final class RecordingHands: Sendable {
    /// What is recorded, and how: the same for all recordings of a show but for uid and token.
    package struct Plan: Sendable {
        package var cname: String
        package var mode: RecordingMode
        package var spec: RecordingSpec
        package var acquiring: CloudRecordingCalls.Acquiring

        package init(cname: String, mode: RecordingMode, spec: RecordingSpec, acquiring: CloudRecordingCalls.Acquiring = .init()) {
            self.cname = cname
            self.mode = mode
            self.spec = spec
            self.acquiring = acquiring
        }

        /// Seconds without users after which a recording ends. Agora's own 30 s would end it in every pause.
        var maxIdleTime: Int { spec.recordingConfig?.maxIdleTime ?? 300 }
    }

    private let client: AgoraClient
    private let calls: CloudRecordingCalls
    private let plan: Plan
    private let token: @Sendable (_ uid: String) async throws -> String?
    private let logger: Logger
    private let replies: RecordingReplies?
    /// By resource id: a start is repeated with the same parameters. What another process knew is asked for again.
    private let tokens = Mutex<[String: String]>([:])

    /// - Parameters:
    ///   - replies: Gets what answers say of files.
    ///   - token: For that user in the plan's channel; nil in a project without a certificate.
    package init(
        _ client: AgoraClient, _ calls: CloudRecordingCalls, _ plan: Plan, logger: Logger, replies: RecordingReplies? = nil,
        token: @escaping @Sendable (_ uid: String) async throws -> String?
    ) {
        self.client = client
        self.calls = calls
        self.plan = plan
        self.logger = logger
        self.replies = replies
        self.token = token
    }

    /// The token comes first: afterwards there are 2 s for the start.
    package func acquire(uid: String, excluding: [String]) async -> RecordingTask.Acquisition {
        do {
            let token = try await token(uid)
            var acquiring = plan.acquiring
            if !excluding.isEmpty { acquiring.excludeResourceIds = (acquiring.excludeResourceIds ?? []) + excluding }
            let answer = try await client.send(try calls.acquire(identity(uid), acquiring))
            let acquisition = RecordingAnswers.acquisition(answer)
            if case .resource(let id) = acquisition, let token { keep(token, for: id) }
            return acquisition
        } catch let error as InvalidCall {
            return .refused("\(error)")
        } catch {
            failed("acquire", error)
            return (error as? AgoraError)?.isUnsent == true ? .throttled : .failed
        }
    }

    /// - Parameter before: Unix milliseconds; a start that has to wait for longer for its turn or its host does not leave.
    package func start(uid: String, resourceID: String, before: Int64) async -> RecordingTask.Start {
        do {
            let spec = try await spec(uid: uid, resourceID: resourceID)
            let call = try calls.start(identity(uid), resourceID: resourceID, plan.mode, spec)
            return RecordingAnswers.start(try await client.send(call, before: before))
        } catch let error as InvalidCall {
            return .refused("\(error)")
        } catch let error as AgoraError {
            failed("start", error)
            switch error.kind {
            case .unreachable, .rateUsedUp, .rateUncounted, .tooLate: return .unsent
            case .unknownOutcome, .answered, .cancelled: return .unknown
            }
        } catch {
            failed("start", error)
            return .unsent  // no token
        }
    }

    package func query(_ target: RecordingTask.Target) async -> RecordingTask.Query {
        do throws(AgoraError) {
            let answer = try await client.send(calls.query(handle(target)))
            await replies?.take(answer, to: .query, of: target.sid)
            return RecordingAnswers.query(answer)
        } catch {
            failed("query", error)
            // What was not sent says nothing about the service.
            return error.isUnsent ? .throttled : .failed
        }
    }

    package func stop(_ target: RecordingTask.Target) async -> RecordingTask.Stop {
        do {
            let answer = try await client.send(try calls.stop(handle(target)))
            await replies?.take(answer, to: .stop, of: target.sid)
            return RecordingAnswers.stop(answer)
        } catch let error as InvalidCall {
            return .refused("\(error)")
        } catch {
            failed("stop", error)
            return .failed
        }
    }

    /// What the recording is called in all its calls: by the uid of its start, after a failover, too.
    package func handle(_ target: RecordingTask.Target) -> RecordingHandle {
        RecordingHandle(identity(target.uid), resourceID: target.resourceID, sid: target.sid, mode: plan.mode)
    }

    private func identity(_ uid: String) -> RecordingIdentity { RecordingIdentity(cname: plan.cname, uid: uid) }

    private func spec(uid: String, resourceID: String) async throws -> RecordingSpec {
        var spec = plan.spec
        if let known = tokens.withLock({ $0[resourceID] }) { spec.token = known } else { spec.token = try await token(uid) ?? spec.token }
        if plan.mode != .web {
            var config = spec.recordingConfig ?? .init()
            config.maxIdleTime = plan.maxIdleTime
            spec.recordingConfig = config
        }
        return spec
    }

    private func keep(_ token: String, for resourceID: String) {
        tokens.withLock { tokens in
            // One id lives for 5 minutes, and there are two at a time.
            if tokens.count >= 8 { tokens = [:] }
            tokens[resourceID] = token
        }
    }

    private func failed(_ call: String, _ error: any Error) {
        logger.warning(
            "a call for a recording was not answered", metadata: ["call": "\(call)", "channel": "\(plan.cname)", "error": "\(error)"])
    }
}
