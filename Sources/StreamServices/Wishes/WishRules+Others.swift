/// What a task must not share with the others that are wanted.
extension StreamWish {
    /// Every user that the player or one that replaces it may be, the first one first; none for a uid that the service draws.
    private var users: [String] {
        let uids = (0...(spareUids?.count ?? 1)).compactMap { player(after: $0, began: nil, now: 0)?.uid }.filter { $0 != 0 }
        let accounts = (0...(spareAccounts?.count ?? 1)).compactMap { player(after: $0, began: nil, now: 0)?.account }
        return uids.map { "uid \($0)" } + accounts.map { "account \($0)" }
    }

    /// - Throws: `WishRegistry.Refusal` if two tasks would push one stream, or would be one user of a channel.
    func checkAlone(among others: [StreamWish]) throws(WishRegistry.Refusal) {
        for other in others where other.name != name {
            if converter != nil, other.address == address {
                throw .addressTaken(
                    "\(name) is refused: \(other.name) pushes to the same address, where only one stream can be; take another address")
            }
            if player != nil, other.channel == channel, let user = users.first(where: other.users.contains) {
                throw .userTaken(
                    "\(name) is refused: \(other.name) is in the channel \(channel) as \(user), too, or may be after a loss; take another user"
                )
            }
        }
    }
}
