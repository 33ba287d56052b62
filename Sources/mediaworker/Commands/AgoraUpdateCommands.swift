import ArgumentParser
import Foundation
import StreamServices

struct AgoraPushUpdateCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "update", abstract: "Push a wanted stream to another address, without a break.")

    @Argument(help: "Name of the task.")
    var name: String

    @Option(help: ArgumentHelp("Address at the CDN.", valueName: "url"))
    var rtmpURL: String

    @OptionGroup var options: ConfigurationOption

    func run() async throws { try await AgoraServices(try options.load()).change(name, .mediaPush, to: rtmpURL) }
}

struct AgoraPullUpdateCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "update", abstract: "Play a wanted stream from another source, without a break.")

    @Argument(help: "Name of the task.")
    var name: String

    @Option(help: ArgumentHelp("Address of the source.", valueName: "url"))
    var streamURL: String

    @OptionGroup var options: ConfigurationOption

    func run() async throws { try await AgoraServices(try options.load()).change(name, .mediaPull, to: streamURL) }
}

extension AgoraServices {
    fileprivate func change(_ name: String, _ service: StreamService, to address: String) async throws {
        try await AgoraProject.bind(tasks, to: appID, worker)
        let change = AddressChange(client, appID: appID, store: tasks, clock: clock, owner: "command/\(UUID().uuidString)")
        do {
            try await Self.orFailure { try await change.change(name, service, to: address) }
        } catch let error as ChangeRefusal {
            throw CommandFailure(CommandFailure.Code.refused, error.description)
        } catch let error as WishRegistry.Refusal {
            throw CommandFailure(CommandFailure.Code.refused, error.description)
        }
        StandardOutput.line("changed \(name)")
    }
}
