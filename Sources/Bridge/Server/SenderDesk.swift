import Foundation
import HTTPTypes
import MediaEvents
import WorkerCore

/// Checks who sends, and hands the notice on.
///
/// Whatever is correctly signed is taken, malformed or not: the worker decides what it is.
struct SenderDesk: Sendable {
    private let agora: AgoraSignature
    private let vod: VODSignature
    private let intake: NoticeIntake
    private let clock: any WorkerClock

    init(agora: AgoraSignature, vod: VODSignature, intake: NoticeIntake, clock: any WorkerClock) {
        self.agora = agora
        self.vod = vod
        self.intake = intake
        self.clock = clock
    }

    func answer(_ sender: Notice.Sender, _ body: [UInt8], _ headers: HTTPFields, _ deadlines: Deadlines) async -> BridgeReply {
        if let reason = refusal(sender, body, headers) {
            intake.refused("a notification that says it comes from \(sender.name) is refused: \(reason)")
            return .error(.unauthorized, reason)
        }
        return .taken(await intake.take(Notice(from: sender, body: body, deadlines: deadlines)))
    }

    private func refusal(_ sender: Notice.Sender, _ body: [UInt8], _ headers: HTTPFields) -> String? {
        switch sender {
        case .agora:
            let isGood = agora.isGood(
                body, product: NoticeIdentity.product(of: body), signature: headers.text(AgoraSignature.header),
                oldSignature: headers.text(AgoraSignature.oldHeader))
            return isGood ? nil : "no good Agora-Signature-V2 or Agora-Signature for the product's secrets"
        case .vod:
            guard vod.isConfigured else { return "VOD callbacks are not configured here" }
            let isGood = vod.isGood(
                timestamp: headers.text(VODSignature.timestampHeader), signature: headers.text(VODSignature.header),
                now: Int64(clock.wall.timeIntervalSince1970))
            return isGood ? nil : "no good X-VOD-SIGNATURE for this address and key, or its time is off"
        }
    }
}

extension HTTPFields {
    fileprivate func text(_ name: String) -> String? { HTTPField.Name(name).flatMap { self[$0] } }
}
