import ArgumentParser
import StreamServices

struct AgoraPushCreateCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "create", abstract: "Want a stream pushed from a channel to a CDN.",
        discussion: """
            The worker (`mediaworker run`) makes the converter, looks after it, and replaces it when it is lost.

              mediaworker agora push create stage7_main --region eu --channel stage7 --uid 201 --rtmp-url rtmp://cdn.example.com/live/KEY --forever
              mediaworker agora push create --file stage7.json
            """)

    @OptionGroup var wishes: AgoraWishOptions

    @Option(help: "The channel whose stream is passed on as it is; a converter that transcodes comes from --file.")
    var channel: String?

    @Option(help: "The user whose stream it is.")
    var uid: UInt32?

    @Option(help: ArgumentHelp("Address at the CDN.", valueName: "url"))
    var rtmpURL: String?

    @Option(help: ArgumentHelp("Seconds without users after which the converter ends itself. Default 300.", valueName: "seconds"))
    var idleTimeout: Int?

    @Option(help: ArgumentHelp("The CDN's field for priorities: each replacement has a higher one.", valueName: "field"))
    var priorityField: String?

    @OptionGroup var options: ConfigurationOption

    func run() async throws {
        var wish = try wishes.wish { name, region, until in
            guard let channel, let uid, let rtmpURL else { throw ValidationError("Give --channel, --uid and --rtmp-url, or --file.") }
            let converter = ConverterSpec(rawOptions: .init(rtcChannel: channel, rtcStreamUid: uid), rtmpUrl: rtmpURL)
            return StreamWish(name: name, region: region, until: until, converter: converter)
        }
        guard wish.player == nil else { throw ValidationError("\(wish.name) is a pull: mediaworker agora pull create.") }
        if let rtmpURL { wish.converter?.rtmpUrl = rtmpURL }
        if let idleTimeout { wish.converter?.idleTimeout = idleTimeout }
        wish.priorityField = priorityField ?? wish.priorityField
        try await AgoraWishes(options).register(wish)
    }
}

struct AgoraPullCreateCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "create", abstract: "Want a media stream played into a channel.",
        discussion: """
            The worker (`mediaworker run`) makes the player, looks after it, and replaces it under another user when it is lost.

              mediaworker agora pull create stage7_901 --region eu --channel stage7 --uid 901 --stream-url rtmp://source.example.com/live/KEY --forever
              mediaworker agora pull create --file stage7.json
            """)

    @OptionGroup var wishes: AgoraWishOptions

    @Option(help: "The channel to play into.")
    var channel: String?

    @Option(help: "The player's user in the channel; several for it and its replacements in turn.")
    var uid: [UInt32] = []

    @Option(help: "Its account instead; several for it and its replacements in turn.")
    var account: [String] = []

    @Option(help: ArgumentHelp("Address of the source.", valueName: "url"))
    var streamURL: String?

    @Option(help: ArgumentHelp("Seconds without a stream after which the player ends itself, 5...600. Default 300.", valueName: "seconds"))
    var idleTimeout: Int?

    @Flag(help: "On demand: a replacement goes on where the first player would be.")
    var resume = false

    @OptionGroup var options: ConfigurationOption

    func run() async throws {
        var wish = try wishes.wish { name, region, until in
            guard let channel, let streamURL, !uid.isEmpty || !account.isEmpty else {
                throw ValidationError("Give --channel, --stream-url and --uid or --account, or --file.")
            }
            let player = PlayerSpec(streamUrl: streamURL, channelName: channel, uid: uid.first, account: account.first)
            return StreamWish(name: name, region: region, until: until, player: player)
        }
        guard wish.converter == nil else { throw ValidationError("\(wish.name) is a push: mediaworker agora push create.") }
        if let streamURL { wish.player?.streamUrl = streamURL }
        if let idleTimeout { wish.player?.idleTimeout = idleTimeout }
        if uid.count > 1 { wish.spareUids = Array(uid.dropFirst()) }
        if account.count > 1 { wish.spareAccounts = Array(account.dropFirst()) }
        if resume { wish.resumes = true }
        try await AgoraWishes(options).register(wish)
    }
}
