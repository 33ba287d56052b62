import Foundation
import Testing

@testable import MediaEvents

@Suite("Printed results") struct PrinterTests {
    private func json(_ text: String) throws -> String { String(decoding: try EventPrinter.json(decode(text)), as: UTF8.self) }

    @Test("an event is printed from its typed value: canonical types, sorted keys, nothing unknown")
    func typed() throws {
        let body =
            #"{"Size":"5120.0","New":1,"VideoId":"v","EventType":"FileUploadComplete","Status":"Success","FileUrl":"http://a/b","Extend":null}"#
        #expect(
            try json(body)
                == #"{"kind":"typed","type":"FileUploadComplete","outcome":"success","fields":{"EventType":"FileUploadComplete","#
                + #""FileUrl":"http://a/b","Size":5120,"Status":"Success","VideoId":"v"}}"#)
    }

    @Test("an event without a status has a null outcome, an unfamiliar one is a failure")
    func outcomes() throws {
        #expect(try json(#"{"EventType":"FileUploadComplete","VideoId":"v"}"#).contains(#""outcome":null,"#))
        #expect(try json(#"{"EventType":"FileUploadComplete","VideoId":"v","Status":"Done"}"#).contains(#""outcome":"failure","#))
    }

    @Test("unknown and undecodable bodies are printed with their reason")
    func others() throws {
        #expect(
            try json(#"{"EventType":"A\"B"}"#)
                == #"{"kind":"unknown","type":"A\"B","reason":"`A\"B` is no event type that this version knows"}"#)
        #expect(try json("{}").hasPrefix(#"{"kind":"unknown","type":null,"reason":""#))
        #expect(try json("") == #"{"kind":"undecodable","reason":"the body is empty"}"#)
    }

    @Test("the exit status tells the three kinds apart")
    func exitStatus() {
        #expect(decode(FileUploadComplete.sample).status.rawValue == 0)
        #expect(decode("{}").status.rawValue == 3)
        #expect(decode("").status.rawValue == 4)
    }

    @Test("the text for people is aligned, and control characters are shown, not sent")
    func text() throws {
        let body = #"{"EventType":"TranscodeComplete","VideoId":"v\u001b[2J","Status":"fail","StreamInfos":[{"Fps":25,"IsAudio":false}]}"#
        #expect(
            try EventPrinter.text(decode(body)) == #"""
                type                    TranscodeComplete
                outcome                 failure
                subject                 v\u{1b}[2J
                EventType               TranscodeComplete
                Status                  fail
                StreamInfos[0].Fps      25
                StreamInfos[0].IsAudio  false
                VideoId                 v\u{1b}[2J

                """#)
        #expect(try EventPrinter.text(decode("{}")).hasPrefix("unknown  no type\nreason   no `EventType`"))
    }
}
