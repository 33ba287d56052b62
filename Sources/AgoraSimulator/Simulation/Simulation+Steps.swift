/// The script's story.
extension Simulation {
    mutating func add(_ step: Step) {
        guard case .at(let seconds) = step.time else { return }
        cues.add(.step(step), at: max(now, start + Int64(seconds * 1000)))
    }

    mutating func carryOut(_ cue: Cue, at moment: Int64) {
        switch cue {
        case .step(let step):
            let isDone = step.action.isForTasks ? befall(step, at: moment) > 0 : carryOut(step.action, at: moment)
            if !isDone { ledger.missed(step.path, at: moment) }
        case .stepFor(let number, let id): befallLate(number, id, at: moment)
        case .random: failByChance(at: moment)
        case .hostsChange: hostFaults.removeAll { $0.until <= moment }
        }
    }

    /// A task began: the steps that come some time after that.
    mutating func planSteps(for id: String, at moment: Int64) {
        guard let task = world.tasks[id] else { return }
        for (number, step) in script.steps.enumerated() {
            guard case .after(let seconds, _) = step.time, step.target.matches(task), step.action.applies(to: task.service) else {
                continue
            }
            cues.add(.stepFor(number, task: id), at: moment + Int64(seconds * 1000))
        }
    }

    private mutating func befallLate(_ number: Int, _ id: String, at moment: Int64) {
        let step = script.steps[number]
        guard let left = remaining[number], left > 0, let task = world.tasks[id], task.presence == .here else { return }
        if befall(task, step.action, at: moment) { remaining[number] = left - 1 }
    }

    /// - Returns: How many tasks it befell.
    private mutating func befall(_ step: Step, at moment: Int64) -> Int {
        var chosen = AgoraService.allCases.flatMap { service in
            step.action.applies(to: service) ? world.alive(service).filter { $0.presence == .here && step.target.matches($0) } : []
        }
        if let count = step.target.random { chosen = Array(chosen.shuffled(using: &random).prefix(count)) }
        return chosen.count { befall($0, step.action, at: moment) }
    }

    private mutating func befall(_ task: SimulatedTask, _ action: Step.Action, at moment: Int64) -> Bool {
        guard let misfortune = action.misfortune(for: task.service, &random) else { return false }
        return world.befall(task.id, misfortune, at: moment)
    }

    /// What is not about single tasks.
    ///
    /// - Returns: Whether it was.
    private mutating func carryOut(_ action: Step.Action, at moment: Int64) -> Bool {
        switch action {
        case .answer(var fault, let seconds):
            fault.until = seconds.map { moment + Int64($0 * 1000) }
            answerFaults.append(fault)
        case .host(let hosts, let kind, let service, let span):
            let until = moment + random.milliseconds(span)
            hostFaults.append(HostFault(hosts: hosts, kind: kind, service: service, from: moment, until: until))
            ledger.faults += hostFaults.suffix(1)
            cues.add(.hostsChange, at: until)
        case .notifications(let conditions, let seconds): post.spell(conditions, until: moment + Int64(seconds * 1000))
        case .foreign(let task): return make(task, at: moment)
        default: return false
        }
        return true
    }

    private mutating func make(_ foreign: ForeignTask, at moment: Int64) -> Bool {
        let id: String
        if foreign.service == .cloudRecording {
            let isTaken = world.alive(.cloudRecording).contains { $0.channel == foreign.channel && $0.user == foreign.user }
            guard !isTaken else { return false }
            let resource = "R" + world.random.hex(320)
            let draft = World.RecordingDraft(
                cname: foreign.channel, uid: foreign.user, resourceID: resource, mode: "mix", body: [:], maker: .script)
            id = world.makeRecording(draft, at: moment).id
        } else {
            guard foreign.name.isEmpty || world.holder(of: foreign.name, foreign.service) == nil else { return false }
            let isPush = foreign.service == .mediaPush
            let uid = JSONValue.integer(Int64(foreign.user) ?? 0)
            let body: JSONValue =
                isPush
                ? [
                    "name": .string(foreign.name), "rtmpUrl": .string(foreign.address), "idleTimeout": 300,
                    "rawOptions": ["rtcChannel": .string(foreign.channel), "rtcStreamUid": uid],
                ]
                : [
                    "name": .string(foreign.name), "streamUrl": .string(foreign.address), "channelName": .string(foreign.channel),
                    "uid": uid, "idleTimeout": 300,
                ]
            let draft = World.StreamDraft(
                service: foreign.service, name: foreign.name, channel: foreign.channel, user: isPush ? nil : foreign.user,
                region: foreign.region, maker: .script, body: body)
            id = world.makeStream(draft, at: moment).id
        }
        if let seconds = foreign.seconds { world.plan(.foreignEnds(id: id), in: seconds, from: moment) }
        return true
    }

    // MARK: By chance

    private mutating func failByChance(at moment: Int64) {
        guard let plan = script.random, randomFailures < plan.failures else { return }
        let steady = AgoraService.allCases.flatMap { world.alive($0) }.filter { $0.maker == .caller && $0.isSteady }
        let host = Glob(script.hosts.keys.sorted().randomElement(using: &random) ?? "*")
        let possible = RandomFailures.Kind.allCases.filter { kind in
            let action = kind.action(host: host)
            return !action.isForTasks || steady.contains { action.applies(to: $0.service) }
        }
        if !steady.isEmpty, let kind = plan.choose(from: possible, &random) {
            let action = kind.action(host: host)
            let fitting = steady.filter { action.applies(to: $0.service) }
            let isDone =
                action.isForTasks
                ? fitting.randomElement(using: &random).map { befall($0, action, at: moment) } ?? false : carryOut(action, at: moment)
            if isDone {
                randomFailures += 1
                ledger.chose(kind.rawValue)
            }
        }
        cues.add(.random, at: moment + max(1, random.milliseconds(plan.between)))
    }
}
