/// What a wish comes to: its tasks, and what each of them asks Agora for.
extension StreamWish {
    /// Agora's own suffix for tasks that are to run in different machine rooms.
    /// - SeeAlso: Agora, Media Push, best practices, isolation.
    private static let isolation = "-agora-isolate-"
    package static let mostIsolated = 3
    /// Between the users of one player and its replacement, where the wish names none.
    private static let uidStep: UInt32 = 1_000_000_000

    /// The main task first, then the backups.
    package var tasks: [StreamWish] {
        guard rank == nil else { return [self] }
        let addresses = [address] + (backups ?? [])
        return addresses.enumerated().map { rank, address in
            var task = self
            task.backups = nil
            task.rank = rank
            task.group = name
            if isolated == true { task.name += "\(Self.isolation)\(rank + 1)" } else if rank > 0 { task.name += "-b\(rank)" }
            task.isolated = nil
            task.converter?.rtmpUrl = address
            task.player?.streamUrl = address
            // Backups are beside the main player in one channel, where a user is there once.
            if rank > 0 {
                if let uid = player?.uid { task.player?.uid = uid == 0 ? 0 : Self.shifted(uid, by: 100_000_000 * UInt32(rank % 9)) }
                if let account = player?.account { task.player?.account = "\(account)-b\(rank)" }
                (task.spareUids, task.spareAccounts) = (nil, nil)
                task.player?.token = nil
            }
            return task
        }
    }

    /// The converter to ask for.
    /// - Parameter losses: Of tasks before it.
    package func converter(after losses: Int) -> ConverterSpec? {
        guard var converter, let address = converter.rtmpUrl else { return converter }
        converter.name = name
        if let priorityField {
            converter.rtmpUrl = address + (address.contains("?") ? "&" : "?") + "\(priorityField)=\(losses + 1)"
        }
        return converter
    }

    /// The player to ask for, without its token unless it is for the first user: a replacement has another user, so that the two do not
    /// throw each other out of the channel.
    /// - Parameters:
    ///   - began: When the first player began, Unix seconds.
    ///   - now: Unix seconds.
    package func player(after losses: Int, began: Int64?, now: Int64) -> PlayerSpec? {
        guard var player else { return nil }
        player.name = name
        if let uid = player.uid, uid != 0 {
            let spares = spareUids ?? [Self.shifted(uid, by: Self.uidStep)]
            player.uid = ([uid] + spares)[losses % (spares.count + 1)]
            if player.uid != uid { player.token = nil }
        }
        if let account = player.account {
            let spares = spareAccounts ?? ["\(account)-2"]
            player.account = ([account] + spares)[losses % (spares.count + 1)]
            if player.account != account { player.token = nil }
        }
        if resumes == true, let began { player.playTs = max(player.playTs ?? began, now - 86_400) }
        return player
    }

    private static func shifted(_ uid: UInt32, by step: UInt32) -> UInt32 {
        let next = uid &+ step
        return next == 0 ? 1 : next
    }
}
