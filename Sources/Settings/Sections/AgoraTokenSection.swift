/// Where RTC tokens come from: section `[agora.token]`. Without any source there are no tokens, as projects without a certificate want it.
package struct AgoraTokenSection: Sendable, Equatable {
    package enum Source: Sendable, Equatable {
        /// Made here: 32 hexadecimal digits, as Agora's console shows them.
        case certificate(Secret)
        /// Asked for by GET. It may hold a key of its own: never shown.
        case url(String)
        /// Printed by a program.
        case command(String)
    }

    package var source: Source?
    /// Of tokens that are made here, at most a day: the service accepts no longer one.
    package var lifetime: Duration = .seconds(86_400)
    /// How long address or command may take.
    package var timeout: Duration = .seconds(10)
    /// A PEM file with the authorities to trust instead of the system's, for `url`.
    package var caFile: String?

    package init(source: Source? = nil) { self.source = source }

    init(_ section: ConfSection) {
        lifetime = section.duration("lifetime", in: .seconds(60) ... .seconds(86_400), default: lifetime)
        timeout = section.duration("timeout", in: .milliseconds(100) ... .seconds(60), default: timeout)
        caFile = section.string("ca_file")
        let certificate = section.secret("certificate")
        let url = section.url("url")
        let command = section.string("command")
        if let certificate, certificate.reveal().utf8.count != 32 || !certificate.reveal().utf8.allSatisfy(Self.isHexDigit) {
            section.refuse("certificate", "must be 32 hexadecimal digits, as Agora's console shows the App Certificate")
        }
        if let url { Self.check(url, section) }
        let keys = ["certificate", "url", "command"].filter { section.isSet($0) }
        for key in keys.dropFirst() { section.require(false, key, "must not be set together with", keys[0]) }
        source = certificate.map { .certificate($0) } ?? url.map { .url($0) } ?? command.map { .command($0) }
    }

    /// A token is a key to a channel: it does not travel in clear.
    private static func check(_ text: String, _ section: ConfSection) {
        do throws(BrokenRule) {
            let address = try WebAddress(text)
            if address.scheme != "https", !QueueEndpoint.isLoopback(address.host) {
                section.refuse("url", "must begin with https://, since tokens come back from it; http:// leads to this machine only")
            } else if text.contains("#") {
                section.refuse("url", "must not hold a #")
            }
        } catch {
            section.refuse("url", error.rule)
        }
    }

    private static func isHexDigit(_ byte: UInt8) -> Bool {
        switch byte {
        case 0x30...0x39, 0x41...0x46, 0x61...0x66: true
        default: false
        }
    }
}
