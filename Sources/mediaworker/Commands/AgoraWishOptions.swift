import ArgumentParser
import Foundation
import StreamServices

/// What `agora push create` and `agora pull create` share: a wish from a file, from options, or from both.
struct AgoraWishOptions: ParsableArguments {
    @Argument(help: "Unique among the wishes of the service; the task at Agora has it, too. With --file: takes its place.")
    var name: String?

    @Option(
        help: ArgumentHelp(
            "A wish as JSON, - for stdin: name, region, until, converter or player as Agora's Create takes them.", valueName: "file"))
    var file: String?

    @Option(help: "cn, ap, na or eu: near the CDN's origin (push) or the source (pull).")
    var region: TaskRegion?

    @Option(help: ArgumentHelp("When it ends: 2026-06-01T22:00:00Z.", valueName: "time"))
    var until: String?

    @Flag(help: "It ends when somebody deletes it.")
    var forever = false

    @Flag(help: "Make it again when the service ends it before its time, for whatever reason.")
    var keepUntil = false

    @Option(help: ArgumentHelp("A further address, which gets a task of its own; may be given several times.", valueName: "url"))
    var backup: [String] = []

    @Flag(help: "Run its tasks in different machine rooms, three at most.")
    var isolated = false

    @Flag(help: "Take over a task of that name, channel and address that runs already.")
    var adopt = false

    @Option(help: ArgumentHelp("IPv4 address of the CDN's origin, or of the source.", valueName: "ip"))
    var hint: String?

    func validate() throws {
        if forever, until != nil { throw ValidationError("--until and --forever exclude each other.") }
        if let until, StreamWish.Until(until) == nil { throw ValidationError("--until must be like 2026-06-01T22:00:00Z.") }
    }

    /// - Parameter fresh: The wish to begin with where no file has one: nil if the options do not say enough.
    func wish(_ fresh: (_ name: String, _ region: TaskRegion, _ until: StreamWish.Until) throws -> StreamWish) throws -> StreamWish {
        let end = forever ? StreamWish.Until.forever : until.flatMap { StreamWish.Until($0) }
        var wish: StreamWish
        if let file {
            guard case .stream(let read) = try AgoraWishes.read(file) else {
                throw ValidationError("\(file) is a wish for a recording: mediaworker agora recording create.")
            }
            wish = read
            wish.name = name ?? wish.name
            wish.region = region ?? wish.region
            wish.until = end ?? wish.until
        } else {
            guard let name else { throw ValidationError("Give a name, or --file.") }
            guard let region else { throw ValidationError("--region is needed: cn, ap, na or eu.") }
            guard let end else { throw ValidationError("Say how long it is wanted: --until TIME or --forever.") }
            wish = try fresh(name, region, end)
        }
        if keepUntil { wish.keepUntil = true }
        if isolated { wish.isolated = true }
        if adopt { wish.adopts = true }
        if !backup.isEmpty { wish.backups = (wish.backups ?? []) + backup }
        wish.hintAddress = hint ?? wish.hintAddress
        return wish
    }
}

extension TaskRegion: ExpressibleByArgument {}
