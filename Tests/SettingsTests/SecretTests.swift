import Settings
import Testing

@Suite struct SecretTests {
    @Test("no rendering of a secret shows it")
    func renderings() {
        let secret = Secret("hush")
        var dumped = ""
        dump(["a": AccessKey(id: "id", secret: secret)], to: &dumped)
        let renderings = [
            "\(secret)", String(describing: secret), String(reflecting: secret), secret.description, secret.debugDescription, dumped,
            "\(Optional(secret) as Any)", "\([secret])", "\(AccessKey(id: "id", secret: secret))",
            String(reflecting: QueueConnection.local),
        ]
        #expect(renderings.allSatisfy { !$0.contains("hush") && !$0.contains("local-development-secret") && $0.contains(Secret.mask) })
        #expect(secret.reveal() == "hush")
    }

    @Test(
        "no problem with a secret shows it, wherever it stands",
        arguments: [
            "[smq]\naccess_key_secret = \" hush \"", "[smq]\naccess_key_secret = 12345",
            "[smq]\naccess_key_id = \"a\"\naccess_key_secret = \"hush\\n12345\"",
            "[smq]\nacess_key_secret = \"hush\"", "[smqq]\naccess_key_secret = \"hush\"", "access_key_secret = \"hush\"",
            "[smq]\naccess_key_secret = hush", "[smq]\naccess_key_secret = 12345123451234512345123451234512345",
            "[smq]\nsecurity_token = \"hush", "[smq]\naccess_key_secret = \"hush\" hush", "[smq]\naccess_key_secret = [\"hush\"]",
            "[smq]\naccess_key_secret = \"hush\"\naccess_key_secret = \"hush\"",
        ])
    func problems(text: String) {
        let problems = Reading.problems(text)
        #expect(!problems.isEmpty)
        #expect(problems.allSatisfy { !$0.contains("hush") && !$0.contains("12345") }, "\(problems)")
    }

    @Test("a secret of the environment is as well hidden")
    func environment() {
        let problems = Reading.problems("", environment: ["SMQ_ACCESS_KEY_ID": "a", "SMQ_ACCESS_KEY_SECRET": "hush\n"])
        #expect(
            problems == ["environment SMQ_ACCESS_KEY_SECRET = <hidden>: must not begin or end with a space or a line break"])
    }

    @Test("the query of a web address is not shown, since it may hold a token")
    func query() throws {
        let environment = ["TEST_URL": "https://example.com/a?token=hush"]
        let reader = try ConfLoader.reader(name: "worker.conf", text: "", environment: environment)
        #expect(reader.section("test").url("url") == environment["TEST_URL"])
        #expect(reader.settings.map(\.value) == ["https://example.com/a?<hidden>"])
        #expect(try Reading.section("[test]\nurl = \"ftp://me:hush@x/?hush\"") { $0.url("url") }.problems[0].contains("hush") == false)
    }
}
