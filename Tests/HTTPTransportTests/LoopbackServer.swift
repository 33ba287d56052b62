import Foundation
import Glibc
import Synchronization

/// A server on a free port of 127.0.0.1 whose every connection is served by a script on a thread of its own. Made to do what
/// a real server never would; each wait inside is bounded.
final class LoopbackServer: Sendable {
    struct SetUpFailed: Error {
        let call: String
        let code: Int32
    }

    let port: UInt16
    let log = EventLog()
    private let listener: Int32

    /// - Parameter script: Gets each accepted connection; the connection is closed when it returns.
    init(_ script: @escaping @Sendable (LoopbackConnection) -> Void) throws {
        (listener, port) = try Self.listen(backlog: 256)
        let thread = Thread { [listener, log] in
            var number = 0
            while true {
                let socket = accept(listener, nil, nil)
                guard socket >= 0 else { break }
                let connection = LoopbackConnection(socket: socket, number: number, log: log)
                number += 1
                log.record(.accepted(connection: connection.number))
                let server = Thread {
                    script(connection)
                    connection.close()
                }
                server.stackSize = 256 << 10
                server.start()
            }
            close(listener)
        }
        thread.start()
    }

    deinit {
        shutdown(listener, Int32(SHUT_RDWR))  // ends accept; its thread closes the socket
    }

    func url(_ target: String) -> String { "http://127.0.0.1:\(port)\(target)" }

    static func listen(backlog: Int32) throws -> (socket: Int32, port: UInt16) {
        let socket = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        guard socket >= 0 else { throw SetUpFailed(call: "socket", code: errno) }
        var address = loopback(port: 0)
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let bound = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { address in
                bind(socket, address, length) == 0 && Glibc.listen(socket, backlog) == 0 && getsockname(socket, address, &length) == 0
            }
        }
        guard bound else { throw SetUpFailed(call: "bind", code: errno) }
        return (socket, UInt16(bigEndian: address.sin_port))
    }

    static func loopback(port: UInt16) -> sockaddr_in {
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = port.bigEndian
        address.sin_addr.s_addr = INADDR_LOOPBACK.bigEndian
        return address
    }
}
