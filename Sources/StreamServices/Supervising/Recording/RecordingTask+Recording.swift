extension RecordingTask {
    /// A recording that was started, and what is known of it.
    package struct Recording: Codable, Sendable, Equatable {
        /// What a notification said, until it is seen to be otherwise.
        struct Mark: Codable, Sendable, Equatable {
            /// Of the recorder that it speaks of.
            let uid: String?
            let order: Int64
            let heard: Int64
        }

        enum Verdict: Equatable {
            case alive
            /// - Parameter mayRun: It may be running in its way: it is stopped before another one begins.
            case lost(mayRun: Bool)
            case ended(String)
        }

        package internal(set) var target: Target
        package let began: Int64
        /// The service's own status: 4 and 5 mean that it runs.
        package internal(set) var status: Int?
        /// The uids of the recorders that took over, in the order in which they did.
        package internal(set) var recorders: [String] = []
        /// When each of them took over, as event 12 says.
        var takeovers: [String: Int64]?
        var absence = Absence()
        /// Since when it is there without running.
        var idleSince: Int64?
        /// The latest answer that it is there.
        var seen: Int64?
        var failures = 0
        var looks = 0
        /// Only an event has named it: it may be somebody else's until an answer shows that it is there under our resource id.
        var isAdopted: Bool?
        /// It counts as lost, and has to be asked for once more before something follows from it.
        var isDoubted = false
        var isRegistered = false
        /// Of the newest event that was taken.
        var order: Int64?
        /// Event 11: the session is over.
        var exit: Mark?
        var exitWasNormal = false
        /// It was asked for after its exit was heard, and does not run.
        var exitWasConfirmed = false
        /// Event 1 of the fatal level.
        var fatal: Mark?
        /// Event 41 with a normal reason.
        var leaving: Mark?
        /// When to ask for it next.
        var look: Int64

        init(_ target: Target, at now: Int64, _ rules: RecordingTaskRules) {
            self.target = target
            began = now
            idleSince = now
            look = now
            look = grown(at: now, rules)
        }

        /// No answer has shown that it is ours.
        var isUnproven: Bool { isAdopted == true && seen == nil }

        package var isRunning: Bool { status == 4 || status == 5 }

        func verdict(at now: Int64, isKept: Bool, _ rules: RecordingTaskRules) -> Verdict {
            if exit != nil, exitWasConfirmed { return over(mayRun: false, isKept) }
            if let status, let idleSince, absence.since == nil {
                switch status {
                case 20: return .lost(mayRun: false)
                // What tells why may still be on its way.
                case 6...8: if (seen ?? 0) - idleSince >= rules.missing.reduce(0, +) { return over(mayRun: true, isKept) }
                default: if (seen ?? 0) - idleSince >= rules.provenWithin { return .lost(mayRun: true) }
                }
            }
            if absence.lasted(rules.failover) { return over(mayRun: false, isKept) }
            // The retreat waits are over, and there is no failover to wait for.
            if absence.count > rules.missing.count, exit == nil, fatal != nil || isBeyondFailovers(rules) {
                return over(mayRun: false, isKept)
            }
            if let registers = rules.registersWithin, !isRegistered, (seen ?? 0) - began >= registers { return .lost(mayRun: true) }
            return now - began >= rules.lifetime ? .lost(mayRun: true) : .alive
        }

        /// It does not run any more. Only exit status 0 and a recorder that left for a normal reason are ends that somebody may have
        /// wanted: an upload tells nothing of them, and what ends unexplained may be an abnormal exit of which no word came.
        private func over(mayRun: Bool, _ isKept: Bool) -> Verdict {
            let end: String? =
                if exit != nil { exitWasNormal ? "session exit" : nil } else { leaving != nil && fatal == nil ? "left the channel" : nil }
            guard let end, !isKept else { return .lost(mayRun: mayRun) }
            return .ended(end)
        }

        /// All failovers were told, and this is no part of the last one.
        private func isBeyondFailovers(_ rules: RecordingTaskRules) -> Bool {
            guard recorders.count >= rules.failovers, let since = absence.since, let moved = absence.moved else { return false }
            return since - moved > rules.failover
        }

        /// The service itself said so, and answers: no trouble of the service only looks like this loss.
        var isLossReported: Bool { failures == 0 && (exit != nil && exitWasConfirmed || status == 20 && absence.since == nil) }

        // MARK: What was seen

        mutating func looked(_ look: Query, at now: Int64, _ rules: RecordingTaskRules) {
            switch look {
            case .status(let status): saw(status, at: now, rules)
            case .missing:
                isDoubted = false
                missed(at: now, rules)
                // It may be the former recorder's exit, and event 12 late: 404 has to last over the retreat waits, and for an exit with
                // status 0, which would end the wish, as long as a failover.
                exitWasConfirmed = exit != nil && !exitWasNormal && absence.count > rules.missing.count
            case .failed:
                if exit != nil, !exitWasNormal { (isDoubted, exitWasConfirmed) = (false, true) }
                self.look = now + RecordingTaskRules.wait(rules.queryFailed, turn: failures, then: rules.query)
                failures += 1
            case .throttled: self.look = now + RecordingTaskRules.wait(rules.queryFailed, turn: 0, then: rules.query)
            case .refused:
                self.look = target.other == nil ? now + 10 * rules.retry : now
                target = target.other ?? target
            }
        }

        /// A call was answered with 404: the end, or a failover.
        mutating func missed(at now: Int64, _ rules: RecordingTaskRules) {
            let turn = absence.count
            absence.missed(at: now, rules)
            failures = 0
            let usual = now + RecordingTaskRules.wait(rules.missing, turn: turn, then: rules.missing.last ?? rules.query)
            let end = (absence.base ?? now) + rules.failover
            look = end > now ? min(usual, end) : usual
        }

        private mutating func saw(_ status: Int, at now: Int64, _ rules: RecordingTaskRules) {
            let before = self.status
            self.status = status
            seen = now
            failures = 0
            absence.clear()
            isDoubted = false
            guard !isRunning else {
                (idleSince, leaving, exitWasConfirmed) = (nil, nil, false)
                // What was heard is older than what is seen, after a while at least.
                if let fatal, now - fatal.heard >= rules.missing.reduce(0, +) { self.fatal = nil }
                if let exit, now - exit.heard >= rules.failover { self.exit = nil }
                if fatal == nil, exit == nil { looks = 0 }
                look = fatal == nil && exit == nil ? decisive(now + rules.query, after: now, rules) : grown(at: now, rules)
                return
            }
            let wasOver = before.map { 6...8 ~= $0 } ?? false
            if idleSince == nil || (6...8 ~= status && !wasOver) { (idleSince, looks) = (now, 0) }
            exitWasConfirmed = exit != nil && status >= 6
            look = grown(at: now, rules)
        }

        /// Growing waits, shorter than the idle time-out.
        private mutating func grown(at now: Int64, _ rules: RecordingTaskRules) -> Int64 {
            let usual = RecordingTaskRules.wait(rules.growing, turn: looks, then: rules.growing.last ?? rules.query)
            looks += 1
            return decisive(now + min(usual, max(rules.maxIdleTime - 1000, 1000)), after: now, rules)
        }

        /// No later than the moments that decide.
        private func decisive(_ time: Int64, after now: Int64, _ rules: RecordingTaskRules) -> Int64 {
            let limits = [
                idleSince.map { $0 + rules.provenWithin }, isRegistered ? nil : rules.registersWithin.map { began + $0 },
                began + rules.lifetime,
            ]
            return limits.compactMap { $0 }.filter { $0 > now }.reduce(time, min)
        }
    }
}
