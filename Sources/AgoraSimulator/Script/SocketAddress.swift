/// Where to listen: an IPv4 address of this machine's loopback and a port, `127.0.0.2:9401`. Port 0 takes a free one.
package struct SocketAddress: Sendable, Hashable, CustomStringConvertible {
    package let host: String
    package let port: Int

    init(host: String, port: Int) {
        self.host = host
        self.port = port
    }

    init?(_ text: String) {
        let parts = text.split(separator: ":", omittingEmptySubsequences: false)
        guard parts.count == 2, let port = Int(parts[1]), 0...65_535 ~= port else { return nil }
        let bytes = parts[0].split(separator: ".", omittingEmptySubsequences: false).map { UInt8($0) }
        guard bytes.count == 4, bytes[0] == 127, !bytes.contains(nil) else { return nil }
        host = String(parts[0])
        self.port = port
    }

    package var description: String { "\(host):\(port)" }
}
