import Testing

@testable import StreamServices

@Suite("The life of a stream that is wanted") struct StreamTaskTests {
    @Test("is created once, looked at, and left alone while it runs")
    func runs() {
        let life = StreamLife()
        life.start()
        #expect(life.next == .wait(until: life.now + 120_000))
        #expect(life.nextWork() == .look(id: "c1"))
    }

    @Test("a create whose outcome is not known is looked for before it is repeated, after a crash too", arguments: [true, false])
    func unknownCreate(crashes: Bool) throws {
        let life = StreamLife()
        #expect(life.next == .create)
        if crashes { try life.crash() } else { life.task.created(.unknown, at: life.now, life.rules) }
        #expect(life.nextWork() == .findByName)
        life.task.found(.ours(id: "c1"), at: life.now, life.rules)
        #expect(life.nextWork() == .look(id: "c1"))
    }

    @Test("only a look after the lists have caught up proves that nothing was made")
    func nothingMade() throws {
        let life = StreamLife()
        #expect(life.next == .create)
        try life.crash()
        let began = life.now
        #expect(life.next == .findByName)
        life.task.found(.nobody, at: life.now, life.rules)
        #expect(life.nextWork() == .findByName && life.now == began + 10_000)
        life.task.found(.nobody, at: life.now, life.rules)
        #expect(life.nextWork() == .create)
    }

    @Test("a failed state counts only when the API says it, and then there is exactly one replacement")
    func failedState() {
        let life = StreamLife()
        life.start()
        life.hear(.state(hasFailed: true))
        #expect(life.next == .look(id: "c1"))
        life.look(.there(hasFailed: false))
        #expect(life.next == .wait(until: life.now + 10_000), "answers may lag behind what is heard")
        #expect(life.nextWork() == .look(id: "c1"))
        life.look(.there(hasFailed: false))
        #expect(life.next == .wait(until: life.now + 120_000))
        life.pass(1)
        life.hear(.state(hasFailed: true))
        life.look(.there(hasFailed: true))
        life.replace("c1", with: "c2")
        life.hear(.destroyed(reason: "Delete Request"), of: "c1")
        #expect(life.task.ending == nil && life.nextWork() == .look(id: "c2"))
    }

    @Test("a 404 may be a move: nothing is replaced before its time is over, and what comes back is kept", arguments: [120, 240])
    func migration(seconds: Int64) {
        let life = StreamLife(StreamTask(wantedUntil: nil), seconds == 120 ? .mediaPush : .mediaPull)
        life.start()
        #expect(life.nextWork() == .look(id: "c1"))
        let first = life.now
        while life.now < first + (seconds - 15) * 1000 {
            #expect(life.nextWork() == .look(id: "c1"))
            life.look(.missing)
        }
        life.look(.there(hasFailed: false))
        #expect(life.nextWork() == .look(id: "c1"))
        let second = life.now
        while life.now < second + seconds * 1000 {
            #expect(life.nextWork() == .look(id: "c1"))
            life.look(.missing)
        }
        #expect(life.now < second + (seconds + 17) * 1000)
        life.replace("c1", with: "c2", deletion: .missing)
    }

    @Test("three 5xx in a row count, 429 does not, and a success between them begins anew")
    func serverErrors() {
        let life = StreamLife()
        life.start()
        for look in [StreamTask.Look.failed, .failed, .there(hasFailed: nil), .failed, .nothingLearned, .failed] {
            #expect(life.nextWork() == .look(id: "c1"))
            life.look(look)
        }
        #expect(life.nextWork() == .look(id: "c1"))
        life.look(.failed)
        life.replace("c1", with: "c2")
    }

    @Test("while the service itself is in trouble nothing is replaced, and after it there is another look first")
    func outage() {
        let life = StreamLife()
        life.start()
        life.isOutage = true
        for _ in 0..<20 {
            #expect(life.nextWork() == .look(id: "c1"))
            life.look(.failed)
            guard case .wait = life.next else {
                Issue.record("something was done")
                return
            }
        }
        life.isOutage = false
        #expect(life.nextWork() == .look(id: "c1"))
        life.look(.there(hasFailed: false))
        #expect(life.task.instance?.id == "c1")
    }

    @Test(
        "an end is answered by its reason",
        arguments: [
            (StreamTaskRules.mediaPush, "Delete Request", false, true), (.mediaPush, "Stream Stopped", false, true),
            (.mediaPush, "Idle Timeout", false, true), (.mediaPush, "Internal Error", false, false),
            (.mediaPull, "Idle Timeout", false, false), (.mediaPull, "Delete Request", false, true),
            (.mediaPush, "Idle Timeout", true, false),
        ])
    func destroyed(rules: StreamTaskRules, reason: String, isKept: Bool, ends: Bool) {
        let life = StreamLife(StreamTask(wantedUntil: nil, isKept: isKept), rules)
        life.start()
        life.hear(.destroyed(reason: reason))
        if ends {
            #expect(life.task.ending == .reason(reason) && life.next == .delete(id: "c1"))
            life.delete("c1", .missing)
            life.confirm("c1")
            #expect(life.next == .over)
        } else {
            #expect(life.next == .look(id: "c1"), "the API is asked first")
            for _ in 0..<rules.absences {
                #expect(life.nextWork() == .look(id: "c1"))
                life.look(.missing)
            }
            life.replace("c1", with: "c2", deletion: .missing)
        }
    }

    @Test("events of the past, of other tasks, and against what is seen change nothing")
    func stale() {
        let life = StreamLife()
        life.start()
        life.hear(.state(hasFailed: false), order: life.now)
        life.hear(.state(hasFailed: true), order: life.now - 1)
        life.hear(.destroyed(reason: "Delete Request"), of: "c0")
        #expect(life.task.ending == nil && life.next == .wait(until: life.now + 120_000))
        life.hear(.destroyed(reason: "Internal Error"))
        #expect(life.next == .look(id: "c1"))
        life.look(.there(hasFailed: false))
        life.pass(10)
        #expect(life.next == .look(id: "c1"))
        life.look(.there(hasFailed: false))
        life.pass(120)
        #expect(life.next == .look(id: "c1"))
        life.look(.missing)
        #expect(life.nextWork() == .look(id: "c1"), "what was heard is older than what was seen")
    }

    @Test("the end of a task counts though another server's clock had a later word of it")
    func lastWord() {
        let life = StreamLife()
        life.start()
        life.hear(.state(hasFailed: false), order: life.now)
        life.hear(.destroyed(reason: "Delete Request"), order: life.now - 300)
        #expect(life.task.ending == .reason("Delete Request"))
    }

    @Test("a deletion that is answered with 404 stays owed until the task cannot be on a move any more")
    func owedDeletion() {
        let life = StreamLife()
        life.start()
        life.task.stopWanting(at: life.now, life.rules)
        let began = life.now
        var calls = 0
        while life.nextWork() == .delete(id: "c1") {
            calls += 1
            life.delete("c1", .missing)
        }
        #expect(life.now >= began + 120_000 && calls >= 8)
        life.confirm("c1")
        #expect(life.next == .over)
    }

    @Test("a deletion is over when a look confirms it; what is still there is deleted again")
    func confirmedDeletion() {
        let life = StreamLife()
        life.start()
        life.task.stopWanting(at: life.now, life.rules)
        while life.nextWork() == .delete(id: "c1") { life.delete("c1", .missing) }
        #expect(life.next == .confirm(id: "c1"))
        life.task.confirmed("c1", .there(hasFailed: false), at: life.now, life.rules)
        #expect(life.next == .delete(id: "c1"))
        life.delete("c1", .done)
        #expect(life.next == .over)
    }

    @Test("a bad address alarms and replaces nothing, until it is good again")
    func badAddress() {
        let life = StreamLife()
        life.start()
        life.hear(.state(hasFailed: true))
        for _ in 0..<3 {
            #expect(life.nextWork() == .look(id: "c1"))
            life.look(.there(hasFailed: true))
            #expect(life.next == .checkAddress)
            life.task.checkedAddress(isGood: false, at: life.now, life.rules)
            #expect(life.task.alarm == .badAddress && life.task.instance?.id == "c1")
        }
        #expect(life.nextWork() == .look(id: "c1"))
        life.look(.there(hasFailed: true))
        life.replace("c1", with: "c2")
        #expect(life.task.alarm == nil)
    }

    @Test("there are only so many replacements in an hour")
    func cap() {
        let life = StreamLife()
        life.start("c0")
        for number in 0..<6 {
            life.look(.there(hasFailed: true))
            life.replace("c\(number)", with: "c\(number + 1)")
        }
        life.look(.there(hasFailed: true))
        let capped = life.now
        #expect(life.next == .wait(until: life.now + 120_000) && life.task.alarm == .tooManyReplacements)
        while life.nextWork() == .look(id: "c6") { life.look(.there(hasFailed: true)) }
        #expect(life.now == capped + 3_600_000)
        life.replace("c6", with: "c7")
    }

    @Test("a name that belongs to a foreign task is never deleted; one that is ours is adopted")
    func names() {
        let life = StreamLife()
        #expect(life.next == .create)
        life.task.created(.nameTaken, at: life.now, life.rules)
        #expect(life.next == .findByName)
        life.task.found(.foreign, at: life.now, life.rules)
        #expect(life.task.alarm == .foreignName)
        #expect(life.nextWork() == .create, "it may be gone by then")
        life.task.created(.nameTaken, at: life.now, life.rules)
        #expect(life.nextWork() == .findByName)
        life.task.found(.ours(id: "c9"), at: life.now, life.rules)
        #expect(life.nextWork() == .look(id: "c9") && life.task.alarm == nil)
    }

    @Test("its time ends it, though it is only being made", arguments: [true, false])
    func endTime(isMaking: Bool) {
        let life = StreamLife(StreamTask(wantedUntil: 1_773_478_860_000))
        if isMaking {
            #expect(life.next == .create)
            life.task.created(.unknown, at: life.now, life.rules)
            life.pass(61)
            #expect(life.nextWork() == .findByName)
            life.task.found(.ours(id: "c1"), at: life.now, life.rules)
        } else {
            life.start()
            life.pass(61)
        }
        #expect(life.nextWork() == .delete(id: "c1"))
        life.delete("c1", .done)
        #expect(life.next == .over)
    }

    @Test("a wish that ends while a create may have been carried out is not over before lists were asked", arguments: [true, false])
    func endsInDoubt(isUnknown: Bool) {
        let life = StreamLife()
        #expect(life.next == .create)
        life.task.created(isUnknown ? .unknown : .failed, at: life.now, life.rules)
        life.pass(1)
        life.task.stopWanting(at: life.now, life.rules)
        #expect(life.next == .wait(until: life.now + 10_000))
        #expect(life.nextWork() == .findByName)
        life.task.found(.ours(id: "c1"), at: life.now, life.rules)
        #expect(life.nextWork() == .delete(id: "c1"))
    }

    @Test("the end is on time, also for a stream that is looked at later")
    func endsOnTime() {
        let life = StreamLife(StreamTask(wantedUntil: 1_773_478_830_000))
        life.start()
        #expect(life.next == .wait(until: 1_773_478_830_000))
    }

    @Test("a leave that was not used for a minute is asked for again")
    func leaveEnds() {
        let life = StreamLife()
        life.start()
        life.look(.there(hasFailed: true))
        #expect(life.next == .checkAddress)
        life.task.checkedAddress(isGood: true, at: life.now, life.rules)
        life.pass(61)
        #expect(life.task.next(at: life.now, life.rules) == .askForLeave)
    }

    @Test("a name that is still that of a task which was given up leads to its deletion, not back to it")
    func givenUp() {
        let life = StreamLife()
        life.start()
        life.look(.there(hasFailed: true))
        #expect(life.next == .checkAddress)
        life.task.checkedAddress(isGood: true, at: life.now, life.rules)
        #expect(life.next == .delete(id: "c1"))
        life.delete("c1", .done)
        #expect(life.next == .create)
        life.task.created(.nameTaken, at: life.now, life.rules)
        #expect(life.next == .findByName)
        life.task.foundGivenUp("c1", at: life.now, life.rules)
        #expect(life.next == .delete(id: "c1"))
        life.delete("c1", .done)
        #expect(life.nextWork() == .findByName)
        life.task.found(.nobody, at: life.now, life.rules)
        #expect(life.nextWork() == .create && life.task.ending == nil)
    }
}
