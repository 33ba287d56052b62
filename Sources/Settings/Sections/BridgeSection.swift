/// The webhook bridge: section `[bridge]` with `[bridge.agora_secrets]` and `[bridge.vod]`.
///
/// A product without a secret, and VOD without address and key, are refused when they ask; the start is not.
package struct BridgeSection: Sendable {
    package var listen = "127.0.0.1"
    /// 0 takes a free one.
    package var port = 9325
    /// The notification secrets of each Agora product, any of which may have signed.
    package var pushSecrets: [Secret] = []
    package var pullSecrets: [Secret] = []
    package var recordingSecrets: [Secret] = []
    package var rtcSecrets: [Secret] = []
    /// The callback addresses as they are configured at VOD: they are part of what is signed.
    package var vodURLs: [String] = []
    package var vodKeys: [Secret] = []
    /// How far the time of a VOD callback may be from this machine's, 0s...1d; 0s does not look.
    package var vodTolerance: Duration = .seconds(300)
    /// Notices that are sent to the queue at the same time, 1...4096; what comes beyond goes to the dead-letter store.
    package var maxPushes = 256

    package init() {}

    init(_ reader: ConfReader) {
        let section = reader.section("bridge")
        listen = section.string("listen", default: listen)
        port = section.integer("port", in: 0...65_535, default: port)
        maxPushes = section.integer("max_pushes", in: 1...4096, default: maxPushes)
        let agora = reader.section("bridge", "agora_secrets")
        pushSecrets = agora.secrets("push")
        pullSecrets = agora.secrets("pull")
        recordingSecrets = agora.secrets("recording")
        rtcSecrets = agora.secrets("rtc")
        let vod = reader.section("bridge", "vod")
        vodURLs = vod.urls("url")
        vodKeys = vod.secrets("key")
        vodTolerance = vod.duration("tolerance", in: .zero ... .seconds(86_400), default: vodTolerance)
    }
}
