/// What a wish has to be, beyond what its call has to be.
extension StreamWish {
    /// - Parameter now: Unix milliseconds.
    /// - Throws: Every rule that it breaks, those of the calls that will be made for it included.
    package func check(appID: String, now: Int64) throws(InvalidCall) {
        var rules = CallRules()
        rules.name(name)
        rules.require((converter == nil) != (player == nil), "converter", "or `player` is needed, and not both")
        if case .moment(let end) = until { rules.require(end > now, "until", "must be in the future, or \"forever\"") }
        rules.require((backups?.count ?? 0) <= 8, "backups", "has 8 addresses at most")
        let addresses = [address] + (backups ?? [])
        rules.require(Set(addresses).count == addresses.count, "backups", "must lead to different addresses, and not to the main one")
        rules.require(
            isolated != true || addresses.count <= Self.mostIsolated, "isolated", "places \(Self.mostIsolated) tasks at most apart")
        rules.require(isolated != true || converter != nil, "isolated", "belongs to a push")
        rules.require(priorityField == nil || converter != nil, "priorityField", "belongs to a push")
        if let priorityField {
            let isPlain =
                !priorityField.isEmpty && priorityField.utf8.allSatisfy { 0x61...0x7A ~= $0 | 0x20 || 0x30...0x39 ~= $0 || $0 == 0x5F }
            rules.require(isPlain, "priorityField", "must be a name of letters, digits and _")
        }
        rules.require(spareUids == nil || player?.uid != nil, "spareUids", "belongs to a player with a uid")
        if let spareUids, let uid = player?.uid {
            let all = [uid] + spareUids
            let isGood = !spareUids.isEmpty && !all.contains(0) && Set(all).count == all.count
            rules.require(isGood, "spareUids", "must be other users than the player's uid and than each other, none of them 0")
        }
        rules.require(spareAccounts == nil || player?.account != nil, "spareAccounts", "belongs to a player with an account")
        if let spareAccounts, let account = player?.account {
            let all = [account] + spareAccounts
            let isGood = !spareAccounts.isEmpty && !all.contains("") && Set(all).count == all.count
            rules.require(isGood, "spareAccounts", "must be other users than the player's account and than each other, none of them empty")
        }
        try rules.finish("The wish `\(name)`")
        for task in tasks {
            if let converter = task.converter(after: 0) {
                _ = try MediaPushCalls(appID: appID).create(converter, in: region, originAddress: hintAddress)
            }
            if let player = task.player(after: 0, began: nil, now: now / 1000) {
                _ = try MediaPullCalls(appID: appID).create(player, in: region, sourceAddress: hintAddress, now: now / 1000)
            }
        }
    }
}
