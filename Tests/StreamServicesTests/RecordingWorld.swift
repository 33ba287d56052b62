import Testing

@testable import StreamServices

/// Agora's Cloud Recording for one channel: it loses answers, moves recordings to other servers, lets them die and end, and tells of it
/// late, doubled, or not at all.
struct RecordingWorld {
    struct Recording {
        let sid: String
        let uid: String
        let resourceID: String
        let born: Int64
        /// Never gets beyond starting.
        var isStuck = false
        var failovers = 0
        /// Answers 404 until then, and runs again.
        var movesUntil: Int64 = 0
    }

    struct News {
        let due: Int64
        let event: RecordingTask.Event
        let sid: String
        let uid: String
        let order: Int64
    }

    var random: SplitMix
    var isCalm = false
    var isDown = false
    private(set) var alive: [Recording] = []
    private(set) var began = 0
    var news: [News] = []
    /// When each resource id was acquired, and whether it was started with.
    private var resources: [String: (at: Int64, isUsed: Bool)] = [:]
    /// What nobody may do.
    private(set) var offences: [String] = []

    init(seed: UInt64) { random = SplitMix(state: seed) }

    mutating func happens(_ percent: UInt64) -> Bool { !isCalm && random.next() % 100 < percent }

    private mutating func tell(_ event: RecordingTask.Event, _ recording: Recording, at now: Int64) {
        if happens(20) { return }  // lost
        for _ in 0...(happens(30) ? 1 : 0) {
            let delay = isCalm ? 0 : Int64(random.next() % 100_000)
            let uid = recording.failovers == 0 ? recording.uid : "9\(recording.failovers)"
            news.append(News(due: now + delay, event: event, sid: recording.sid, uid: uid, order: now))
        }
    }

    /// What happens by itself in 5 seconds.
    mutating func live(at now: Int64) {
        for index in alive.indices.reversed() where alive[index].born < now - 120_000 && alive[index].movesUntil < now - 120_000 {
            let recording = alive[index]
            if random.next() % 12 == 0 { tell(.other, recording, at: now) }
            if happens(2) {
                if recording.failovers == 3 {
                    alive.remove(at: index)
                    continue
                }
                if happens(30) { tell(happens(50) ? .fatal : .left(isNormal: true), recording, at: now) }
                alive[index].failovers += 1
                alive[index].movesUntil = now + Int64(random.next() % 85_000)
                tell(.failedOver(newUID: "9\(recording.failovers + 1)"), recording, at: now)
            } else if happens(1) {
                tell(.exited(isNormal: happens(50)), recording, at: now)
                alive.remove(at: index)
            } else if happens(1) {
                tell(.fatal, recording, at: now)
                if happens(50) { alive.remove(at: index) }
            }
        }
    }

    mutating func acquire(_ uid: String, at now: Int64) -> RecordingTask.Acquisition {
        if isDown || happens(10) { return .failed }
        if happens(5) { return .throttled }
        let id = "r\(resources.count)"
        resources[id] = (now, false)
        return .resource(id)
    }

    mutating func start(_ uid: String, _ resourceID: String, before: Int64, at now: Int64) -> RecordingTask.Start {
        guard let resource = resources[resourceID] else { return .refused("unknown resource id") }
        if now > before { return .unsent }
        if !resource.isUsed, now - resource.at > 2000 { offences.append("a start \(now - resource.at) ms after its acquire") }
        if now - resource.at > 300_000 { offences.append("a start with a dead id") }
        resources[resourceID]?.isUsed = true
        if isDown || happens(10) { return happens(50) ? .failed : .unknown }
        if let other = alive.first(where: { $0.uid == uid }) { return other.resourceID == resourceID ? .alreadyStarted : .conflict }
        if happens(5) { return .notCompleted }
        began += 1
        alive.append(Recording(sid: "s\(began)", uid: uid, resourceID: resourceID, born: now, isStuck: happens(10)))
        tell(.other, alive[alive.count - 1], at: now)
        if happens(20) { return happens(50) ? .unknown : .notCompleted }
        return .started(sid: "s\(began)")
    }

    /// The recording that a call is about, if it can be reached.
    private mutating func reached(_ target: RecordingTask.Target, at now: Int64) -> Int? {
        guard let index = alive.firstIndex(where: { $0.sid == target.sid }) else { return nil }
        if alive[index].uid != target.uid { offences.append("\(target) has not the uid of the start") }
        return alive[index].movesUntil <= now ? index : nil
    }

    /// A `sid` does not fit any resource id but its own.
    private func isMisnamed(_ target: RecordingTask.Target) -> Bool {
        alive.contains { $0.sid == target.sid && $0.resourceID != target.resourceID }
    }

    mutating func query(_ target: RecordingTask.Target, at now: Int64) -> RecordingTask.Query {
        if isDown || happens(10) { return .failed }
        if happens(5) { return .throttled }
        if isMisnamed(target) { return .refused("400, code 1003") }
        guard let index = reached(target, at: now) else { return .missing }
        return .status(alive[index].isStuck ? 2 : 5)
    }

    mutating func stop(_ target: RecordingTask.Target, at now: Int64) -> RecordingTask.Stop {
        if isDown || happens(10) { return .failed }
        if isMisnamed(target) { return .refused("400, code 1003") }
        guard let index = reached(target, at: now) else { return .missing }
        alive.remove(at: index)
        return happens(10) ? .failed : happens(10) ? .nothingRecorded : .done
    }
}
