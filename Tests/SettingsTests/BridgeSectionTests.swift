import Testing

@testable import Settings

@Suite("[bridge]") struct BridgeSectionTests {
    @Test("a secret, an address or a key may be one or a list, in the file and in the environment")
    func lists() throws {
        let bridge = try Reading.load(
            """
            [bridge.agora_secrets]
            push = "one"
            recording = ["old", "new"]
            [bridge.vod]
            url = "https://hooks.example.org/vod/events"
            key = ["Kf7mQ2xLz9", "Other1"]
            """, environment: ["BRIDGE_AGORA_SECRETS_PULL": "a, b", "BRIDGE_PORT": "0"]
        ).bridge
        #expect(bridge.pushSecrets.map { $0.reveal() } == ["one"])
        #expect(bridge.pullSecrets.map { $0.reveal() } == ["a", "b"])
        #expect(bridge.recordingSecrets.map { $0.reveal() } == ["old", "new"])
        #expect(bridge.rtcSecrets.isEmpty && bridge.port == 0 && bridge.listen == "127.0.0.1")
        #expect(bridge.vodURLs == ["https://hooks.example.org/vod/events"] && bridge.vodKeys.count == 2)
    }

    @Test("a secret of another type is refused without being shown")
    func refused() {
        let problems = Reading.problems("[bridge.agora_secrets]\npush = 12345678\n[bridge.vod]\nurl = \"ftp://x\"")
        #expect(problems.count == 2 && !problems.joined().contains("12345678"))
    }
}
