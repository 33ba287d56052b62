import Testing

@testable import Settings

@Suite("[agora]") struct AgoraSectionTests {
    @Test("all keys, from the file and from the environment")
    func keys() throws {
        let agora = try Reading.load(
            """
            [agora]
            app_id = "a1"
            customer_key = "k1"
            place = "mainland-china"
            region = "api-cn-north-1"
            region_hosts = ["media-pull"]
            [agora.hosts]
            "api.sd-rtn.com" = "127.0.0.2:9400"
            [agora.limits]
            media_pull = 50
            """, environment: ["AGORA_CUSTOMER_SECRET": "s1", "AGORA_HOSTS_API_AGORA_IO": "127.0.0.3:9400"]
        ).agora
        #expect(agora.appID == "a1" && agora.customerKey == "k1" && agora.customerSecret?.reveal() == "s1")
        #expect(agora.place == .mainlandChina && agora.region == .cnNorth && agora.regionHosts == [.mediaPull])
        #expect(agora.hosts == [AgoraHost(.sdRTN): "127.0.0.2:9400", AgoraHost(.agora): "127.0.0.3:9400"])
        #expect(agora.limits.mediaPull == 50 && agora.limits.mediaPush == 20 && agora.limits.cloudRecording == 50)
    }

    @Test("recordings: index files from a folder or an address, and the folder for manifests")
    func recordings() throws {
        let standard = try Reading.load("").agora.recordings
        #expect(standard.indexSource == nil && standard.mediaBase == nil)
        #expect(standard.folder(stateDirectory: "./state") == "./state/recordings")
        let folder = try Reading.load("[agora.recordings]\nindex_source = \"rec/a b\"\nmanifests = \"/m\"").agora.recordings
        #expect(folder.indexSource == .folder("rec/a b") && folder.folder(stateDirectory: "./state") == "/m")
        let environment = [
            "AGORA_RECORDINGS_INDEX_SOURCE": "https://b.example.org/rec", "AGORA_RECORDINGS_MEDIA_BASE": "https://cdn.example.org",
        ]
        let address = try Reading.load("", environment: environment).agora.recordings
        #expect(address.indexSource == .address("https://b.example.org/rec") && address.mediaBase == "https://cdn.example.org")
    }

    @Test(
        "what is refused",
        arguments: [
            ("[agora]\nplace = \"moon\"", "place"), ("[agora]\nregion = \"eu\"", "region"),
            ("[agora]\nregion_hosts = [\"tv\"]", "region_hosts"), ("[agora]\ncustomer_key = \"k\"", "customer_key"),
            ("[agora.hosts]\n\"api.agora.io\" = \"127.0.0.1\"", "api.agora.io"),
            ("[agora.hosts]\n\"api.agora.io\" = \"http://127.0.0.1:80\"", "api.agora.io"),
            ("[agora.hosts]\n\"api.agora.org\" = \"127.0.0.1:80\"", "api.agora.org"),
            ("[agora.recordings]\nindex_source = \"s3://bucket\"", "index_source"),
            ("[agora.recordings]\nindex_source = \"https://e.org/?token=x\"", "index_source"),
            ("[agora.recordings]\nindex_source = \"https://a:b@e.org/\"", "index_source"),
            ("[agora.recordings]\nmedia_base = \"media/\"", "media_base"), ("[agora.recordings]\nmanifests = \"\"", "manifests"),
            ("[agora.limits]\nmedia_push = 0", "media_push"),
        ])
    func refused(text: String, key: String) {
        let problems = Reading.problems(text)
        #expect(problems.count == 1 && problems[0].contains(key), "\(problems)")
    }

    private static let certificate = "0123456789abcdefABCDEF0123456789"

    @Test("tokens come from one source, or from none")
    func tokens() throws {
        let none = try Reading.load("").agora
        #expect(!none.hasCertificate && none.token == AgoraTokenSection() && none.token.lifetime == .seconds(86_400))
        let made = try Reading.load(
            "[agora]\nhas_certificate = true\n[agora.token]\nlifetime = \"1h\"", environment: ["AGORA_TOKEN_CERTIFICATE": Self.certificate]
        ).agora
        #expect(made.hasCertificate && made.token.source == .certificate(Secret(Self.certificate)) && made.token.lifetime == .seconds(3600))
        for url in ["https://t.example/x?k=v", "http://127.0.0.9:80/t", "http://localhost/t", "http://[::1]:8080/t"] {
            #expect(try Reading.load("[agora.token]\nurl = \"\(url)\"").agora.token.source == .url(url))
        }
        let command = try Reading.load("[agora.token]\ncommand = \"/bin/t\"\ntimeout = \"3s\"").agora.token
        #expect(command.source == .command("/bin/t") && command.timeout == .seconds(3))
    }

    @Test(
        "what is refused of tokens",
        arguments: [
            ("certificate = \"0123456789abcdefABCDEF012345678\"", "certificate"),
            ("certificate = \"0123456789abcdefABCDEF012345678g\"", "certificate"),
            ("url = \"http://tokens.example/\"", "https://"), ("url = \"https://tokens.example/#a\"", "url"), ("url = \"ftp://t\"", "url"),
            ("lifetime = \"25h\"", "lifetime"), ("lifetime = \"59s\"", "lifetime"), ("timeout = \"2m\"", "timeout"),
            ("command = \"\"", "command"),
            ("certificate = \"\(certificate)\"\nurl = \"https://t\"", "url"), ("url = \"https://t\"\ncommand = \"c\"", "command"),
        ])
    func refusedTokens(text: String, key: String) {
        let problems = Reading.problems("[agora.token]\n" + text)
        #expect(problems.count == 1 && problems[0].contains(key), "\(problems)")
        #expect(!problems.contains { $0.contains("0123456789abcdef") }, "a certificate is never shown")
    }
}
