import Foundation

/// From a call to what its caller gets.
extension Simulation {
    /// A reply, and how the report calls it.
    private struct Outcome {
        let reply: Reply
        let status: String

        init(_ reply: Reply, _ status: String) {
            self.reply = reply
            self.status = status
        }

        init(_ answer: APIAnswer) {
            // Services answer with codes of their own behind 2xx and 4xx.
            let code = answer.body?["code"]?.whole.map { "/\($0)" } ?? ""
            self.init(.answer(answer), "\(answer.status)\(code)")
        }

        /// It went so, and its caller sees something else.
        func hidden(behind other: Outcome) -> Outcome { Outcome(other.reply, "carried out, \(status), then \(other.status)") }
    }

    /// - Parameter host: The host that was asked, by Agora's name.
    package mutating func answer(_ call: APICall, from host: String, at moment: Int64) -> Reply {
        advance(to: moment)
        let route = Route(call)
        let outcome: Outcome
        let fault = hostFault(host, route?.service)
        // Counted whatever becomes of it: an outage is no leave to call more often. Only who refuses connections sees no calls.
        let refusal = fault?.kind == .refuse ? nil : refusal(of: call, route)
        if let fault {
            let seen = Self.seen(fault, route)
            outcome = fault.kind.carriesOut ? (refusal ?? judge(call, route)).hidden(behind: seen) : seen
        } else {
            outcome = refusal ?? judge(call, route)
        }
        settle(at: now)
        let name = NotificationAddresses.isAsked(for: call) ? NotificationAddresses.name : CallLedger.name(of: route)
        ledger.count(name, outcome.status)
        if let route, route.isMutating, let id = route.id, let task = world.tasks[id.lowercased()], task.maker == .script {
            ledger.touched(task, route, outcome.status, at: now)
        }
        guard case .answer(let answer) = outcome.reply else { return outcome.reply }
        return .answer(Self.traced(answer, route, call))
    }

    /// The one that began last counts.
    private func hostFault(_ host: String, _ service: AgoraService?) -> HostFault? {
        hostFaults.last { $0.until > now && $0.hosts.matches(host) && ($0.service == nil || $0.service == service) }
    }

    /// What callers see of a host's fault.
    private static func seen(_ fault: HostFault, _ route: Route?) -> Outcome {
        switch fault.kind {
        // Refused: a connection from before the host went away.
        case .refuse, .cut: Outcome(.cut, "cut")
        case .hang: Outcome(.hang(until: fault.until), "hang")
        case .status(let status, _): Outcome(GatewayText.answer(status, route?.service))
        }
    }

    /// What is answered before a service looks at the call: to whom it is closed, and who asks too often. Counts the call.
    private mutating func refusal(of call: APICall, _ route: Route?) -> Outcome? {
        guard let route else { return Outcome(withoutRoute(call)) }
        if let answer = closed(to: call, route) { return Outcome(answer) }
        let isNamed = route.operation == .create && Self.newTask(call)?["name"] != nil
        let subject = RateTable.subject(of: route, isNamed: isNamed, isFiltered: call.query["filter"] != nil)
        return rates.take(subject, at: now) ? nil : Outcome(GatewayText.answer(429, route.service))
    }

    /// Everything behind the gateway.
    private mutating func judge(_ call: APICall, _ route: Route?) -> Outcome {
        guard let route else { return Outcome(withoutRoute(call)) }
        guard let index = answerFaults.firstIndex(where: { $0.matches(route, label(of: route, call), at: now) }) else {
            return Outcome(desk(call, route))
        }
        let fault = answerFaults[index]
        answerFaults[index].remaining -= 1
        let seen = Self.seen(fault.answer, route, at: now)
        return fault.carriedOut ? Outcome(desk(call, route)).hidden(behind: seen) : seen
    }

    private static func seen(_ answer: AnswerFault.Answer, _ route: Route, at now: Int64) -> Outcome {
        switch answer {
        case .cut: return Outcome(.cut, "cut")
        case .hang(let seconds): return Outcome(.hang(until: now + Int64(seconds * 1000)), "hang")
        case .status(let status, let code, let reason):
            if let code { return Outcome(.code(status, code, reason ?? "")) }
            return Outcome(reason.map { .message(status, $0) } ?? GatewayText.answer(status, route.service))
        }
    }

    private func withoutRoute(_ call: APICall) -> APIAnswer {
        guard NotificationAddresses.isAsked(for: call) else { return GatewayText.noRoute }
        return isKnown(call) ? NotificationAddresses.answer : GatewayText.answer(401, nil)
    }

    private func isKnown(_ call: APICall) -> Bool {
        let credentials = "\(script.project.customerKey):\(script.project.customerSecret)"
        return call.authorization == "Basic " + Data(credentials.utf8).base64EncodedString()
    }

    private func closed(to call: APICall, _ route: Route) -> APIAnswer? {
        let isRecording = route.service == .cloudRecording
        guard isKnown(call) else { return GatewayText.answer(401, route.service) }
        guard route.appID == script.project.appID else {
            if route.operation == .acquire { return .code(400, 400, "invalid_appid") }
            return isRecording ? .message(400, "appid is invalid") : GatewayText.answer(403, route.service)
        }
        guard script.off.contains(route.service) else { return nil }
        return isRecording ? .message(403, "Cloud Recording is not enabled") : GatewayText.answer(403, route.service)
    }

    private mutating func desk(_ call: APICall, _ route: Route) -> APIAnswer {
        switch route.service {
        case .mediaPush: push.answer(route, call, &world, at: now)
        case .mediaPull: pull.answer(route, call, &world, at: now)
        case .cloudRecording: recordings.answer(route, call, &world, at: now)
        }
    }

    /// What answer faults know a call's task by. Nil for lists.
    private func label(of route: Route, _ call: APICall) -> String? {
        switch route.operation {
        case .list: nil
        case .create: Self.newTask(call)?["name"]?.text ?? ""
        case .acquire, .start: RecordingRequest(call.body)?.cname ?? ""
        default: route.id.flatMap { world.tasks[$0.lowercased()]?.label } ?? ""
        }
    }

    private static func newTask(_ call: APICall) -> JSONValue? {
        let body = try? JSONValue(parsing: call.body)
        return body?["converter"] ?? body?["player"]
    }

    /// The headers for fault finding, which Media Push and Media Pull have.
    private static func traced(_ answer: APIAnswer, _ route: Route?, _ call: APICall) -> APIAnswer {
        guard let route, route.service != .cloudRecording else { return answer }
        var answer = answer
        if let id = call.requestID { answer.headers["X-Custom-Request-ID"] = id }
        // May be missing: for Media Push when the call failed, for Media Pull when the caller is not known.
        let isMissing = route.service == .mediaPush ? answer.status >= 300 : answer.status == 401
        if !isMissing { answer.headers["X-Request-ID"] = call.requestID ?? UUID().uuidString.lowercased() }
        return answer
    }
}

extension HostFault.Kind {
    fileprivate var carriesOut: Bool {
        switch self {
        case .refuse, .hang: false
        case .cut(let carriedOut), .status(_, let carriedOut): carriedOut
        }
    }
}
