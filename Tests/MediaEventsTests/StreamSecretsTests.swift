import Foundation
import Testing

@testable import MediaEvents

@Suite("Secrets in bodies") struct StreamSecretsTests {
    private func masked(_ text: String) -> String? {
        StreamSecrets.masking(Array(text.utf8)).map { String(decoding: $0, as: UTF8.self) }
    }

    @Test(
        "what is secret is hidden, and every other byte stays",
        arguments: [
            (#"{ "token" : "007x" , "n":1.50 }"#, #"{ "token" : "<hidden>" , "n":1.50 }"#),
            (#"{"payload":{"player":{"token":"t","uid":1},"lts":2}}"#, #"{"payload":{"player":{"token":"<hidden>","uid":1},"lts":2}}"#),
            (#"{"rtmpUrl":"rtmp://cdn.example.com/live/k","a":[]}"#, #"{"rtmpUrl":"rtmp://cdn.example.com/live/<hidden>","a":[]}"#),
            (#"{"rtmpUrl":"rtmp:\/\/cdn.example.com\/live\/k"}"#, #"{"rtmpUrl":"rtmp://cdn.example.com/live/<hidden>"}"#),
            (#"{"streamUrl":"https://m.example/a/k.flv?auth_key=1"}"#, #"{"streamUrl":"https://m.example/a/<hidden>"}"#),
            (#"{"streamUrl":"key"}"#, #"{"streamUrl":"<hidden>"}"#),
            (#"{"streamUrl":["https://m.example/a/k"]}"#, #"{"streamUrl":"<hidden>"}"#),
            (#"{"encryptKey":"a","encryptKdfSalt":"b","x":"c"}"#, #"{"encryptKey":"<hidden>","encryptKdfSalt":"<hidden>","x":"c"}"#),
            (
                #"{"storageConfig":{"accessKey":"a","secretKey":"b","stsToken":"c","bucket":"d"}}"#,
                #"{"storageConfig":{"accessKey":"<hidden>","secretKey":"<hidden>","stsToken":"<hidden>","bucket":"d"}}"#
            ),
            (#"{"secret":{"a":"}","b":["k"]},"salt":[1,{"x":2}],"n":3}"#, #"{"secret":"<hidden>","salt":"<hidden>","n":3}"#),
            (#"{"token":5,"Token":true,"n":[{"TOKEN":"x"}]}"#, #"{"token":"<hidden>","Token":"<hidden>","n":[{"TOKEN":"<hidden>"}]}"#),
            (#"{"tok\u0065n":"t"}"#, #"{"tok\u0065n":"<hidden>"}"#),
            (#"{"token":"a\"b\\","n":"x\"y"}"#, #"{"token":"<hidden>","n":"x\"y"}"#),
            (
                #"{"errorMsg":"push to RTMPS://u:p@cdn.example.com/live/k?x=1 failed, see https://doc.example/a/b"}"#,
                #"{"errorMsg":"push to RTMPS://<hidden>@cdn.example.com/live/<hidden> failed, see https://doc.example/a/b"}"#
            ),
            (
                #"{"payload":"{\"player\":{\"token\":\"t\",\"id\":\"i\"}}"}"#,
                #"{"payload":"{\"player\":{\"token\":\"<hidden>\",\"id\":\"i\"}}"}"#
            ),
            (
                #"{"a":" [\"{\\\"rtmpUrl\\\":\\\"rtmp://h/a/k\\\"}\"]"}"#,
                #"{"a":" [\"{\\\"rtmpUrl\\\":\\\"rtmp://h/a/<hidden>\\\"}\"]"}"#
            ),
            ("{\"token\":\"t", "{\"token\":\"<hidden>\""),
            (#"{"token":"t","rtmpUrl":"rtmp://h/a/k"#, #"{"token":"<hidden>","rtmpUrl":"rtmp://h/a/<hidden>""#),
            (#"{"token":7"#, #"{"token":"<hidden>""#), (#"{"EventTypes":"x","token":"t"}"#, #"{"EventTypes":"x","token":"<hidden>"}"#),
        ])
    func hidden(text: String, shown: String) {
        #expect(masked(text) == shown)
        #expect(masked(shown) == nil, "what is hidden stays as it is")
    }

    @Test(
        "what holds no secret is left alone",
        arguments: [
            "", "{}", "token", "[\"token\",\"t\"]", #"{"fields":"player.token,player.streamUrl"}"#,
            #"{"token":"","secret":null,"rtmpUrl":""}"#,
            #"{"tokens":"t","resourceId":"r","sid":"s","url":"https://a.example/k?auth_key=1"}"#, #"{"a":"\ud800","b":"\\"}"#,
            "{\"a\":\"\\",
            #"{"rtmpUrl":"rtmp://cdn.example.com","streamUrl":null}"#,
            #"{"EventType":"FileUploadComplete","token":"t","FileURL":"https://o.example/f?Signature=s"}"#,
        ])
    func untouched(text: String) { #expect(masked(text) == nil) }

    @Test("a body in base64 is shown as the JSON in it")
    func base64() throws {
        let json = #"{"productId":4,"eventType":1,"payload":{"player":{"id":"p","token":"007x"}}}"#
        let body = Array(Data(json.utf8).base64EncodedString().utf8)
        let shown = try #require(StreamSecrets.masking(body: body))
        #expect(String(decoding: shown, as: UTF8.self) == json.replacing("007x", with: "<hidden>"))
        #expect(StreamSecrets.masking(body: Array(Data(#"{"a":1}"#.utf8).base64EncodedString().utf8)) == nil)
        #expect(StreamSecrets.masking(body: Array(#"not JSON "token":"t""#.utf8)) != nil)
    }

    @Test("of no sample a secret is left, and what is left is the same event", arguments: Fixture.all)
    func samples(fixture: Fixture) throws {
        let original = try fixture.bytes()
        let shown = StreamSecrets.masked(original)
        if !fixture.hasEnvelope { #expect(shown == original) }
        let decoded = EventDecoder().decode(shown)
        #expect(decoded.type == fixture.type && decoded.status == .typed)
        for secret in Self.secrets(try fixture.object()) {
            #expect(!String(decoding: shown, as: UTF8.self).contains(secret), "\(secret)")
        }
        #expect(try Self.withoutSecrets(jsonObject(shown)) as? NSObject == Self.withoutSecrets(fixture.object()) as? NSObject)
    }

    private static let names = ["token", "rtmpUrl", "streamUrl"]

    /// What must not be seen: found by another way than the code's.
    private static func secrets(_ value: Any) -> [String] {
        switch value {
        case let object as [String: Any]:
            object.flatMap { name, value in
                guard names.contains(name), let text = value as? String else { return secrets(value) }
                return text.hasSuffix("<hidden>") ? [] : [text]
            }
        case let list as [Any]: list.flatMap(secrets)
        default: []
        }
    }

    private static func withoutSecrets(_ value: Any) -> Any {
        switch value {
        case let object as [String: Any]: object.filter { !names.contains($0.key) }.mapValues(withoutSecrets)
        case let list as [Any]: list.map(withoutSecrets)
        default: value
        }
    }

    @Test(
        "addresses in sentences lose their keys",
        arguments: [
            ("rtmp://h/a/k", "rtmp://h/a/<hidden>"), ("(rtmp://h/a/k) 'rtmps://i/b/l' x", "(rtmp://h/a/<hidden> 'rtmps://i/b/<hidden>' x"),
            ("https://x/?u=rtmp://h/a/k", "https://x/?u=rtmp://h/a/<hidden>"),
            ("no address: a://b, ://, rtmp:", "no address: a://b, ://, rtmp:"),
        ])
    func sentences(text: String, shown: String) { #expect(StreamAddress.masked(in: text) == shown) }

    @Test("tokens in a sentence are hidden; what only begins like one is not")
    func tokens() {
        let token = "007eJxTYBBbsMMnKq7p9Hf/HcIX5kce9b518kCiQgSr5ZrPvL1YDAyMjMDAwA=="
        #expect(StreamToken.masked(in: "token '\(token)' expired") == "token '<hidden>' expired")
        #expect(StreamToken.masked(in: "job 0071234 and 006") == "job 0071234 and 006")
    }
}
