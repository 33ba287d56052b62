import Crypto
import Foundation
package import HTTPTransport
package import Logging
package import Settings

/// Sends calls to Agora: signed in, counted against their rates, over the host that can be reached.
package final class AgoraClient: Sendable {
    /// Whom to ask and who asks. Credentials go into a request's header and nowhere else.
    package struct Account: Sendable {
        package let key: String
        package let secret: Secret

        package init(key: String, secret: Secret) {
            self.key = key
            self.secret = secret
        }

        fileprivate var authorization: String { "Basic " + Data("\(key):\(secret.reveal())".utf8).base64EncodedString() }
    }

    /// One exchange, connecting included.
    private static let exchangeLimit: Duration = .seconds(10)
    private static let connectLimit: Duration = .seconds(5)
    /// Where time runs faster.
    private static let shortestLimit: Duration = .seconds(1)

    private let http: any HTTPExchanging
    private let account: Account
    private let directory: HostDirectory
    private let memory = HostMemory()
    private let rates: any RateStore
    private let clock: any StreamClock
    private let random: @Sendable () -> Double
    private let logger: Logger

    package init(
        http: any HTTPExchanging, account: Account, directory: HostDirectory, rates: any RateStore, clock: any StreamClock, logger: Logger,
        random: @escaping @Sendable () -> Double = { .random(in: 0..<1) }
    ) {
        self.http = http
        self.account = account
        self.directory = directory
        self.rates = rates
        self.clock = clock
        self.random = random
        self.logger = logger
    }

    /// Sends a call until it is answered, over as many hosts as the order of hosts has. The answer may say anything.
    ///
    /// A call that must not be repeated is not, once a byte of it may have reached a server.
    /// - Parameter deadline: Unix milliseconds; the call does not leave later, whatever it had to wait for.
    /// - Throws: `AgoraError` when there is no answer.
    package func send(_ call: AgoraCall, before deadline: Int64? = nil) async throws(AgoraError) -> AgoraAnswer {
        var mayBeDone = false
        do throws(AgoraError) {
            return try await send(call, before: deadline, &mayBeDone)
        } catch {
            throw error.after(triesThatMayBeDone: mayBeDone)
        }
    }

    private func send(
        _ call: AgoraCall, before deadline: Int64?, _ mayBeDone: inout Bool
    ) async throws(AgoraError) -> AgoraAnswer {
        let id = UUID().uuidString.lowercased()
        var route = directory.route(for: call.service, remembered: memory.host(at: clock.now))
        var host = route.first
        while true {
            try await takeTurn(call)
            if let deadline, clock.unixMilliseconds > deadline { throw AgoraError(.tooLate, call, requestID: id) }
            let failure: TransportError
            do throws(TransportError) {
                return await answered(AgoraAnswer(try await http.perform(request(call, host, id)), to: call), call, host, route.primary, id)
            } catch {
                failure = error
            }
            memory.failed(host)
            mayBeDone = mayBeDone || failure.effect == .unknown
            logger.info(
                "no answer from Agora", metadata: ["call": "\(call.name)", "host": "\(host)", "error": "\(failure)", "request": "\(id)"])
            if failure.effect == .unknown, call.repeating == .looksFirst {
                throw AgoraError(.unknownOutcome, call, detail: failure.description, requestID: id)
            }
            if [.cancelled, .stopped].contains(failure.kind) { throw AgoraError(.cancelled, call, requestID: id) }
            guard let next = route.next(after: failure.kind == .couldNotResolve ? .name : .network) else {
                throw AgoraError(.unreachable, call, detail: failure.description, requestID: id)
            }
            await clock.sleep(until: clock.now + next.wait)
            if Task.isCancelled { throw AgoraError(.cancelled, call, requestID: id) }
            host = next.host
        }
    }

    /// Sends a call until it succeeds, repeating it after 404, 429 and 5xx with the retreat waits.
    ///
    /// - Parameter deadline: As for `send`.
    /// - Throws: `AgoraError` for every other answer, and for the one after the last wait.
    package func carryOut(_ call: AgoraCall, before deadline: Int64? = nil) async throws(AgoraError) -> AgoraAnswer {
        var mayBeDone = false
        do throws(AgoraError) {
            return try await carryOut(call, before: deadline, &mayBeDone)
        } catch {
            throw error.after(triesThatMayBeDone: mayBeDone)
        }
    }

    private func carryOut(
        _ call: AgoraCall, before deadline: Int64?, _ mayBeDone: inout Bool
    ) async throws(AgoraError) -> AgoraAnswer {
        var failures = 0
        while true {
            let answer = try await send(call, before: deadline, &mayBeDone)
            switch answer.meaning {
            case .success, .alreadyStarted, .nothingRecorded: return answer
            case .unknown where call.repeating == .looksFirst: throw AgoraError(.unknownOutcome, call, answer: answer)
            case .refused, .noRoute, .conflict: throw AgoraError(.answered(answer.meaning), call, answer: answer)
            case .missing, .throttled: failures += 1
            case .failed, .unknown, .notCompleted:
                failures += 1
                mayBeDone = true
            }
            guard let wait = RetreatWaits.wait(after: failures, random: random()) else {
                throw AgoraError(.answered(answer.meaning), call, answer: answer)
            }
            await clock.sleep(until: clock.now + wait)
            if Task.isCancelled { throw AgoraError(.cancelled, call, answer: answer) }
        }
    }

    private func takeTurn(_ call: AgoraCall) async throws(AgoraError) {
        for limit in call.rates {
            let (turn, now): (Int64?, Int64)
            do {
                now = clock.unixMilliseconds
                turn = try await rates.reserve(limit, at: now)
            } catch {
                throw AgoraError(.rateUncounted, call, detail: "\(error)")
            }
            guard let turn else { throw AgoraError(.rateUsedUp, call) }
            if turn > now { await clock.sleep(until: clock.now + .milliseconds(turn - now)) }
            if Task.isCancelled { throw AgoraError(.cancelled, call) }
        }
    }

    private func request(_ call: AgoraCall, _ host: AgoraHost, _ id: String) -> HTTPRequest {
        var headers = [("Authorization", account.authorization), ("X-Request-ID", id)]
        if call.body != nil { headers.append(("Content-Type", "application/json;charset=utf-8")) }
        let place = directory.place(of: host)
        return HTTPRequest(
            method: call.method, url: place.base + call.target, headers: headers, body: call.body, connectTo: place.connectTo,
            connectLimit: max(Self.connectLimit / clock.speed, Self.shortestLimit),
            exchangeLimit: max(Self.exchangeLimit / clock.speed, Self.shortestLimit))
    }

    private func answered(
        _ answer: AgoraAnswer, _ call: AgoraCall, _ host: AgoraHost, _ primary: AgoraHost, _ id: String
    ) async -> AgoraAnswer {
        memory.worked(host, primary: primary, at: clock.now)
        if answer.meaning == .throttled, !answer.isQuota {
            for limit in call.rates {
                do { try await rates.throttled(limit, at: clock.unixMilliseconds) } catch {
                    logger.warning("a 429 could not be written down", metadata: ["error": "\(error)"])
                }
            }
        }
        // The service's ids are what its support asks for.
        var metadata: Logger.Metadata = [
            "call": "\(call.name)", "host": "\(host)", "status": "\(answer.status)", "request": "\(answer.requestID ?? id)",
        ]
        if let custom = answer.customRequestID { metadata["custom_request"] = "\(custom)" }
        if let resource = answer.resourceID { metadata["resource"] = "\(resource)" }
        if answer.meaning != .success { metadata["reason"] = "\(answer.reason)" }
        logger.log(level: answer.meaning == .success ? .debug : .info, "answer from Agora", metadata: metadata)
        return answer
    }
}
