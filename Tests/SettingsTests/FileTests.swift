import Foundation
import Settings
import Testing

@Suite struct FileTests {
    @Test("a syntax error comes alone, with line and column")
    func syntax() {
        let problems = Reading.problems("[worker]\nconcurrency = 0\npoll_wait = = 3\n")
        #expect(problems.count == 1)
        #expect(problems[0].hasPrefix("worker.conf:3:13: not valid TOML: "), "\(problems)")
    }

    @Test("a NUL character does not silently end the file")
    func nul() {
        #expect(Reading.problems("[worker]\nprocesses = 1\n\u{0}\nconcurrency = 0") == ["worker.conf:3: not valid TOML: a NUL character"])
    }

    @Test("each key is found on its line, however the file is written")
    func lines() throws {
        let text = #"""
            # [test] a = 1
            top."quoted.key" = 1
            [test] # comment = "x
            a = """
            b = 1
            [c]
            """" # four quotes
            b = 0
            list = [ # comment ]
              "x]", 'y"',
            ]
            long = '''
            z = 1'''
            "q\"u" = 0
            inline = { one = 0, "two" = { three = 0 }, list = [{ x = 1 }] }
            d.e = 0
              [  test . "f g" ]
            h = 0
            [[test.rows]]
            i = 0
            """#
        let reader = try ConfLoader.reader(name: "f", text: text.replacing("\"\"\"\" #", with: "\"\"\" #"), environment: [:])
        #expect(throws: ConfigurationError.self) { try reader.finish() }
        let section = reader.section("test")
        for key in ["a", "b", "list", "long", "q\"u", "rows"] {
            _ = section.string(key)
            section.refuse(key, "here")
        }
        let inline = reader.section("test", "inline")
        let deep = reader.section("test", "inline", "two")
        let dotted = reader.section("test", "d")
        let spaced = reader.section("test", "f g")
        for (section, key) in [(inline, "one"), (deep, "three"), (dotted, "e"), (spaced, "h")] {
            _ = section.string(key)
            section.refuse(key, "here")
        }
        let top = reader.section("top")
        _ = top.string("quoted.key")
        top.refuse("quoted.key", "here")
        let error = try #require(throws: ConfigurationError.self) { try reader.finish() }
        let lines = Set(
            error.problems.filter { $0.rule == "here" }.compactMap { problem -> String? in
                guard case .file(_, let line?, _) = problem.origin, let key = problem.key else { return nil }
                return "\(line) \(key)"
            })
        #expect(
            lines == [
                "2 [top] quoted.key", "4 [test] a", "8 [test] b", "9 [test] list", "12 [test] long", "14 [test] q\"u",
                "15 [test.inline] one",
                "15 [test.inline.two] three", "16 [test.d] e", "18 [test.f g] h", "19 [test] rows",
            ])
    }

    @Test("lines count with Windows line ends too")
    func windowsLines() {
        #expect(Reading.problems("[worker]\r\n\r\nprocesses = 0\r\n") == ["worker.conf:3: [worker] processes = 0: must be 1...256"])
    }

    @Test("a file that was named and cannot be used is a problem")
    func unusableFiles() throws {
        let directory = FileManager.default.temporaryDirectory.appending(path: "settings-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
        defer { #expect(throws: Never.self) { try FileManager.default.removeItem(at: directory) } }
        let missing = directory.appending(path: "none.conf").path
        let binary = directory.appending(path: "binary.conf").path
        try Data([0x5B, 0xFF, 0xFE]).write(to: URL(filePath: binary))
        for (path, rule) in [
            (missing, "there is no such file"), (directory.path, "is a directory, not a file"), (binary, "is not UTF-8 text"),
        ] {
            let error = try #require(throws: ConfigurationError.self) { try WorkerConfiguration.load(path: path, environment: [:]) }
            #expect(error.problems.map(\.description) == ["\(path): \(rule)"])
        }
    }

    @Test("a file that was named is read, and gives way to the environment")
    func namedFile() throws {
        let file = FileManager.default.temporaryDirectory.appending(path: "settings-\(UUID().uuidString).conf")
        try Data("[worker]\nprocesses = 2\nconcurrency = 3\n".utf8).write(to: file)
        defer { #expect(throws: Never.self) { try FileManager.default.removeItem(at: file) } }
        let loaded = try WorkerConfiguration.load(path: file.path, environment: ["WORKER_CONCURRENCY": "9"])
        #expect(loaded.worker.processes == 2 && loaded.worker.concurrency == 9)
        let origins = loaded.settings.filter { $0.section == "worker" }.prefix(3).map { "\($0.key) \($0.value ?? "") \($0.origin)" }
        #expect(origins == ["concurrency 9 environment WORKER_CONCURRENCY", "processes 2 \(file.path):2", "max_attempts 3 default"])
    }
}
