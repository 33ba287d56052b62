/// The rules of a player.
/// - SeeAlso: Agora, Media Pull, RESTful API, create and update a player.
extension FieldCheck {
    private static let encryptModes: [JSONValue] = [
        "aes-128-xts", "aes-256-xts", "aes-128-ecb", "sm4-128-ecb", "aes-128-gcm", "aes-256-gcm", "aes-128-gcm2", "aes-256-gcm2",
    ]

    mutating func newPlayer(_ player: JSONValue, at now: Int64) {
        require(player["streamUrl"] != nil, "streamUrl")
        address(player["streamUrl"], schemes: ["rtmp", "https"], "streamUrl")
        channel(player["channelName"], "channelName")
        require((player["uid"] == nil) != (player["account"] == nil), "uid")
        whole(player["uid"], 0...Int64(UInt32.max), "uid")
        text(player["account"], most: 255, "account")
        text(player["token"], most: 2048, "token")
        name(player["name"], "name")
        if let seconds = player["idleTimeout"] { require(seconds.whole != nil, "idleTimeout") }
        if let start = player["playTs"], start != 0 { whole(start, (now / 1000 - 86_400)...(now / 1000 + 300), "playTs") }
        if let times = player["repeatTime"] { require(times.whole.map { $0 == -1 || $0 >= 1 } ?? false, "repeatTime") }
        whole(player["seekPosition"], 0...Int64.max, "seekPosition")
        oneOf(player["encryptMode"], Self.encryptModes, "encryptMode")
        whole(player[path: "audioOptions.profile"] ?? player[path: "audioOptions.Profile"], 0...5, "audioOptions.profile")
        guard let video = player["videoOptions"] else { return }
        whole(video["width"], 66...1920, "videoOptions.width")
        whole(video["height"], 66...1080, "videoOptions.height")
        whole(video["frameRate"], 1...30, "videoOptions.frameRate")
        whole(video["bitrate"], 1...10_000, "videoOptions.bitrate")
        oneOf(video["codec"], ["H.264", "VP9"], "videoOptions.codec")
        oneOf(video["fillMode"], ["fit", "fill"], "videoOptions.fillMode")
    }

    mutating func playerUpdate(_ player: JSONValue) {
        only(player, ["streamUrl", "audioOptions", "seekPosition", "isPause"], "")
        address(player["streamUrl"], schemes: ["rtmp", "https"], "streamUrl")
        if let audio = player["audioOptions"] { only(audio, ["volume"], "audioOptions") }
        whole(player[path: "audioOptions.volume"], 0...200, "audioOptions.volume")
        whole(player["seekPosition"], 0...Int64.max, "seekPosition")
        truth(player["isPause"], "isPause")
    }
}
