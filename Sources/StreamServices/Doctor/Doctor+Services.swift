import Foundation
import Settings

/// The rows of one service.
extension Doctor {
    /// Agora recommends it, and everything here goes by it.
    private static let idleTimeout: Int64 = 300

    private func list(_ service: StreamService) -> [DoctorObservations.Task]? {
        if case .answered(let tasks) = seen.replies[service] { tasks } else { nil }
    }

    private func wishes(_ service: StreamService) -> [StreamWish] {
        seen.wishes.filter { $0.service == service && service != .cloudRecording }
    }

    private func row(
        _ item: String, _ service: StreamService, required: Bool, _ status: DoctorRow.Status, _ finding: String, advice: String? = nil
    ) -> DoctorRow {
        DoctorRow(item, service.rawValue, required: required, status, finding, advice: advice)
    }

    func availability(_ service: StreamService) -> DoctorRow {
        switch seen.replies[service] {
        case .answered: row("service", service, required: true, .ok, "\(service.name) is enabled and answers")
        case .failed(let failure) where failure.kind == .notEnabled:
            row(
                "service", service, required: true, .failed, failure.text,
                advice: "enable \(service.name) for the project in Agora's console")
        case .failed(let failure) where failure.kind == .other:
            row("service", service, required: true, .failed, failure.text, advice: "look at Agora's status page, and ask again")
        case .failed, nil: row("service", service, required: true, .notCheckable, "\(service.name) could not be asked")
        }
    }

    func rates(_ service: StreamService) -> DoctorRow {
        let counted = seen.rates.filter { $0.key.hasPrefix(service.rawValue) }.sorted { $0.key < $1.key }
            .map { (name: $0.key, use: $0.value.use(at: seen.now)) }
        let slowed = counted.filter { $0.use.halvings > 0 }.map { "\($0.name) (halved \($0.use.halvings) times)" }
        if !slowed.isEmpty {
            return row(
                "rates", service, required: true, .warning, "answers of 429 slowed down \(slowed.joined(separator: ", "))",
                advice: "find out who else calls with this project's key, or ask Agora for higher rates")
        }
        let calls = counted.filter { $0.use.lastMinute > 0 }.map { "\($0.name) \($0.use.lastMinute)" }
        let limits = RateLimit.published.filter { $0.name.hasPrefix(service.rawValue) }.map { limit in
            "\(limit.name) \(limit.perSecond)/s" + (limit.perMinute.map { " and \($0)/min" } ?? "")
        }
        return row(
            "rates", service, required: true, .ok,
            "kept to \(limits.joined(separator: ", ")); calls in the last minute: \(calls.isEmpty ? "none" : calls.joined(separator: ", "))"
        )
    }

    func tasks(_ service: StreamService) -> DoctorRow {
        let limit =
            switch service {
            case .mediaPush: seen.limits.mediaPush
            case .mediaPull: seen.limits.mediaPull
            case .cloudRecording: seen.limits.cloudRecording
            }
        let key = "\(service.rawValue.replacing("-", with: "_")) in [agora.limits]"
        let wanted =
            service == .cloudRecording ? seen.shows.reduce(0) { $0 + ($1.backupUids == nil ? 1 : 2) } : wishes(service).count
        let running = list(service)?.count
        guard service == .cloudRecording || running != nil else {
            return row("tasks", service, required: true, .notCheckable, "there is no list; \(limit) are allowed by \(key)")
        }
        // Recordings have no list.
        let finding = (running.map { "\($0) run and " } ?? "") + "\(wanted) are wanted; \(limit) are allowed by \(key)"
        let most = max(running ?? 0, wanted)
        if most > limit {
            return row(
                "tasks", service, required: true, .failed, finding,
                advice: "delete tasks that nobody needs, or ask Agora for more and set the limit to what it granted")
        }
        guard limit < 5 || most * 5 < limit * 4 else {
            return row("tasks", service, required: true, .warning, finding, advice: "ask Agora for more in time")
        }
        return row("tasks", service, required: true, .ok, finding)
    }

    func names(_ service: StreamService) -> DoctorRow {
        guard let running = list(service) else { return row("names", service, required: false, .notCheckable, "there is no list") }
        let nameless = running.filter { $0.name?.isEmpty ?? true }.map(\.id)
        guard !nameless.isEmpty else {
            return row("names", service, required: false, .ok, "all \(running.count) running tasks have a name, and all wanted ones")
        }
        let shown = nameless.prefix(5).joined(separator: ", ") + (nameless.count > 5 ? ", ..." : "")
        return row(
            "names", service, required: false, .warning, "\(nameless.count) of \(running.count) running tasks have no name: \(shown)",
            advice: "create them with a name: it is the guard against doubles")
    }

    /// Players only: converters have no user.
    func users(_ service: StreamService) -> DoctorRow? {
        guard service == .mediaPull else { return nil }
        let wishes = wishes(service)
        let bad = wishes.filter { ($0.player?.uid == nil) == ($0.player?.account == nil) }.map(\.name)
        if !bad.isEmpty {
            return row(
                "users", service, required: false, .failed,
                "wanted players with both uid and account, or neither: \(bad.joined(separator: ", "))",
                advice: "set one of them")
        }
        guard !wishes.isEmpty else { return row("users", service, required: false, .notCheckable, "no player is wanted") }
        return row("users", service, required: false, .ok, "each wanted player has a uid or an account, none both")
    }

    func region(_ service: StreamService) -> DoctorRow {
        let regions = Set(wishes(service).map(\.region.rawValue)).sorted()
        guard !regions.isEmpty else { return row("region", service, required: true, .notCheckable, "no task is wanted") }
        let other = service == .mediaPush ? "the CDN's origin" : "the source"
        return row(
            "region", service, required: true, .ok, "wanted tasks run in \(regions.joined(separator: ", ")), sent in lower case",
            advice: "only you know whether \(other) is there, too")
    }

    func idleTimeout(_ service: StreamService) -> DoctorRow {
        let running = (list(service) ?? []).compactMap { task in task.idleTimeout.map { (name: task.name ?? task.id, seconds: $0) } }
        let recorded = service == .cloudRecording ? seen.shows : []
        let shows = recorded.map {
            (name: $0.name, seconds: Int64($0.start.recordingConfig?.maxIdleTime ?? Int(Self.idleTimeout)))
        }
        let wanted = wishes(service).map { wish in
            (name: wish.name, seconds: Int64(wish.player?.idleTimeout ?? wish.converter?.idleTimeout ?? Int(Self.idleTimeout)))
        }
        let all = running + wanted + shows
        guard !all.isEmpty else {
            return row(
                "idle-timeout", service, required: true, .notCheckable, "no task is wanted, and no list says it; left out, it is 300 s")
        }
        let others = Set(all.filter { $0.seconds != Self.idleTimeout }.map { "\($0.name) (\($0.seconds) s)" }).sorted()
        guard !others.isEmpty else {
            return row("idle-timeout", service, required: true, .ok, "300 s for all \(Set(all.map(\.name)).count) tasks that say it")
        }
        return row(
            "idle-timeout", service, required: true, .warning,
            "other than 300 s: \(others.prefix(5).joined(separator: ", "))\(others.count > 5 ? ", ..." : "")",
            advice: "300 s are recommended: shorter ends a stream at a short break, longer is billed")
    }

    func channelProfile(_ service: StreamService) -> DoctorRow {
        row(
            "channel-profile", service, required: true, .notCheckable, "no API tells a channel's profile",
            advice: "see that apps join with the live broadcasting profile")
    }

    func troubleshooting(_ service: StreamService) -> DoctorRow {
        row(
            "troubleshooting", service, required: false, .ok,
            "calls are repeated after 5-6, 10-11 and 15-16 s where that is safe; errors and logs have X-Request-ID and X-Resource-ID for Agora's support"
        )
    }

    func notifications(_ service: StreamService) -> DoctorRow {
        guard let newest = seen.newest[service] else {
            return row(
                "notifications", service, required: false, .warning, "no notification of \(service.name) is known here",
                advice: "enable them in Agora's console, with the address of `mediaworker bridge`, and let `mediaworker run` handle them")
        }
        let age = Self.text(seconds: max(0, seen.now - newest) / 1000)
        return row("notifications", service, required: false, .ok, "the newest notification came \(age) ago")
    }

    /// In the largest unit of which there are two.
    private static func text(seconds: Int64) -> String {
        for (unit, length) in [("days", Int64(86_400)), ("hours", 3600), ("minutes", 60)] where seconds >= 2 * length {
            return "\(seconds / length) \(unit)"
        }
        return "\(seconds) s"
    }
}
