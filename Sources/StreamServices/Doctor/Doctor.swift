/// Judges what was seen by the integration checklists of Agora's best practices. Asks nobody anything.
/// - SeeAlso: Agora, Media Push and Media Pull, best practices, integration checklist; Cloud Recording, best practices.
package struct Doctor {
    let seen: DoctorObservations

    package init(_ seen: DoctorObservations) { self.seen = seen }

    /// What concerns all, then service by service.
    package var rows: [DoctorRow] {
        let services = StreamService.allCases.filter { seen.replies[$0] != nil }
        return [credentials] + seen.hosts.map(host) + [clock, tokens, stateDirectory, sharedStore]
            + services.flatMap { service in
                let rows = [availability(service), rates(service), tasks(service), notifications(service), troubleshooting(service)]
                guard service != .cloudRecording else { return rows + [idleTimeout(service)] }
                return rows
                    + [names(service), users(service), region(service), idleTimeout(service), channelProfile(service)].compactMap(\.self)
            }
    }

    /// Whether a required row failed.
    package static func hasFailed(_ rows: [DoctorRow]) -> Bool { rows.contains { $0.required && $0.status == .failed } }

    private var credentials: DoctorRow {
        let failures = seen.replies.values.compactMap { if case .failed(let failure) = $0 { failure } else { nil } }
        if let failure = failures.first(where: { $0.kind == .credentials }) {
            return DoctorRow(
                "credentials", required: true, .failed, failure.text,
                advice: "set customer_key and customer_secret in [agora] as Agora's console has them")
        }
        let isKnown = seen.replies.count > failures.count || failures.contains { $0.kind == .notEnabled }
        if isKnown { return DoctorRow("credentials", required: true, .ok, "Agora takes the customer's key and secret") }
        return DoctorRow(
            "credentials", required: true, .failed, "nobody could be asked: \(failures.first?.text ?? "no service was chosen")",
            advice: "see the rows of the hosts")
    }

    private func host(_ host: DoctorObservations.Host) -> DoctorRow {
        guard let trouble = host.trouble else {
            return DoctorRow("host", host.name, required: true, .ok, "has an address, takes connections, answers")
        }
        let isLast = !seen.hosts.contains { $0.trouble == nil }
        return DoctorRow(
            "host", host.name, required: true, isLast ? .failed : .warning, trouble,
            advice: host.isPrimary
                ? "let this machine reach port 443 of \(host.name): it is asked first, by `place` in [agora]"
                : "let this machine reach port 443 of \(host.name): it is asked when the primary's name cannot be found")
    }

    private static let ahead = (noticed: 30.0, harmful: 300.0)

    private var clock: DoctorRow {
        guard let ahead = seen.hosts.compactMap(\.ahead).min(by: { abs($0) < abs($1) }) else {
            return DoctorRow("clock", required: true, .notCheckable, "no host said what time it is")
        }
        let seconds = Int(abs(ahead).rounded())
        let finding =
            seconds < 2
            ? "this machine's clock is Agora's" : "this machine's clock is \(seconds) s \(ahead > 0 ? "behind" : "ahead of") Agora's"
        switch abs(ahead) {
        case ...Self.ahead.noticed: return DoctorRow("clock", required: true, .ok, finding)
        case ...Self.ahead.harmful:
            return DoctorRow("clock", required: true, .warning, finding, advice: "synchronise it: end times and tokens go by it")
        default:
            return DoctorRow("clock", required: true, .failed, finding, advice: "synchronise it: tokens that are made here do not hold")
        }
    }

    private var tokens: DoctorRow {
        switch seen.tokens {
        case .made: return DoctorRow("tokens", required: true, .ok, "[agora.token] makes tokens")
        case .failed(let text):
            return DoctorRow("tokens", required: true, .failed, text, advice: "without tokens nothing is replaced under another uid")
        case .noSource where seen.hasCertificate:
            return DoctorRow(
                "tokens", required: true, .failed, "the project has a certificate, and nothing in [agora.token] makes tokens",
                advice: "set certificate, url or command there")
        case .noSource:
            return DoctorRow(
                "tokens", required: true, .ok, "no tokens are made: right for a project without an App Certificate",
                advice: "if it has one, set has_certificate in [agora] and a source in [agora.token]")
        }
    }

    private var stateDirectory: DoctorRow {
        guard let directory = seen.state.directoryMode, let file = seen.state.fileMode else {
            return DoctorRow(
                "state-directory", required: true, .failed, "\(seen.state.path) cannot be looked at",
                advice: "check worker.state_dir and its owner")
        }
        if file & 0o077 != 0 {
            return DoctorRow(
                "state-directory", required: true, .failed,
                "others may read the database in \(seen.state.path), which holds tokens and keys",
                advice: "chmod 600 its files")
        }
        if directory & 0o077 != 0 {
            return DoctorRow(
                "state-directory", required: true, .warning,
                "others may look into \(seen.state.path); the database itself is for its owner only",
                advice: "chmod 700 it")
        }
        return DoctorRow("state-directory", required: true, .ok, "\(seen.state.path) is for its owner only")
    }

    private var sharedStore: DoctorRow {
        DoctorRow(
            "shared-store", required: false, .notCheckable,
            "wanted tasks and rates are kept in \(seen.state.path), which all processes of this host share, and no other host",
            advice:
                "let one host keep a project's streams: several would need one store that they share, and with one each they double them")
    }
}
