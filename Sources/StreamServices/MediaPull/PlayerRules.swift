/// The documented rules of a player.
/// - SeeAlso: Agora, Media Pull, RESTful API, create and update a cloud player; best practices, integration checklist.
extension CallRules {
    private static let encryptModes = [
        "aes-128-xts", "aes-256-xts", "aes-128-ecb", "sm4-128-ecb", "aes-128-gcm", "aes-256-gcm", "aes-128-gcm2", "aes-256-gcm2",
    ]

    /// - Parameter now: Unix seconds.
    mutating func newPlayer(_ player: PlayerSpec, now: Int64) {
        name(player.name)
        address(player.streamUrl, schemes: ["rtmp", "https"], "streamUrl")
        channel(player.channelName, "channelName")
        require(player.uid == nil || player.account == nil, "uid", "and `account` exclude each other")
        require(player.uid != nil || player.account != nil, "uid", "or `account` is needed")
        if let account = player.account { require(1...255 ~= account.utf8.count, "account", "must have 1 to 255 bytes") }
        if let token = player.token {
            require(!token.isEmpty, "token", "must not be empty; leave it out for a project without a certificate")
        }
        range(player.idleTimeout, 5...600, "idleTimeout")
        if let start = player.playTs, start != 0 {
            require(start >= now - 86_400 && start <= now + 300, "playTs", "must be 0, or from a day ago to 300 s from now in Unix seconds")
        }
        if let times = player.repeatTime { require(times == -1 || times > 0, "repeatTime", "must be -1 or greater than 0") }
        if let seconds = player.seekPosition { require(seconds >= 0, "seekPosition", "must not be negative") }
        range(player.audioOptions?.profile, 0...5, "audioOptions.profile")
        if let video = player.videoOptions {
            range(video.width, 66...1920, "videoOptions.width")
            range(video.height, 66...1080, "videoOptions.height")
            range(video.frameRate, 1...30, "videoOptions.frameRate")
            range(video.bitrate, 1...10_000, "videoOptions.bitrate")
            oneOf(video.codec, ["H.264", "VP9"], "videoOptions.codec")
            oneOf(video.fillMode, ["fill", "fit"], "videoOptions.fillMode")
        }
        oneOf(player.encryptMode, Self.encryptModes, "encryptMode")
        if let mode = player.encryptMode {
            require(player.encryptKey?.isEmpty == false, "encryptKey", "is needed with `encryptMode`")
            if mode.hasSuffix("gcm2") { require(player.encryptKdfSalt?.isEmpty == false, "encryptKdfSalt", "is needed with \(mode)") }
        }
    }

    mutating func playerChange(_ change: PlayerChange) {
        if let address = change.streamUrl { self.address(address, schemes: ["rtmp", "https"], "streamUrl") }
        range(change.audioOptions?.volume, 0...200, "audioOptions.volume")
        if let seconds = change.seekPosition { require(seconds >= 0, "seekPosition", "must not be negative") }
        require(change != PlayerChange(), "streamUrl", "or something else has to change")
    }
}
