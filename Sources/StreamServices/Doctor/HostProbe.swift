import Foundation
package import HTTPTransport
package import Settings

/// Whether a host of Agora can be reached: name, connection, TLS, and an answer of any kind. Sends no credentials.
package struct HostProbe: Sendable {
    private static let limit: Duration = .seconds(10)

    private let http: any HTTPExchanging
    private let directory: HostDirectory
    private let place: AgoraPlace
    private let clock: any StreamClock

    package init(http: any HTTPExchanging, section: AgoraSection, clock: any StreamClock) {
        self.http = http
        directory = HostDirectory(section)
        place = section.place
        self.clock = clock
    }

    /// Both global names, the primary first.
    package func hosts() async -> [DoctorObservations.Host] {
        var hosts: [DoctorObservations.Host] = []
        for domain in [place.domain, place.domain.other] { hosts.append(await look(at: AgoraHost(domain))) }
        return hosts
    }

    private func look(at host: AgoraHost) async -> DoctorObservations.Host {
        let place = directory.place(of: host)
        let request = HTTPRequest(
            method: "GET", url: place.base + "/", connectTo: place.connectTo, connectLimit: Self.limit, exchangeLimit: Self.limit,
            isRepeatable: true)
        let isPrimary = host.domain == self.place.domain
        do throws(TransportError) {
            let response = try await http.perform(request)
            let ahead = response.headers["Date"].flatMap(Self.seconds).map { $0 - Double(clock.unixMilliseconds) / 1000 }
            return .init(name: "\(host)", isPrimary: isPrimary, trouble: nil, ahead: ahead)
        } catch {
            return .init(name: "\(host)", isPrimary: isPrimary, trouble: "\(error)", ahead: nil)
        }
    }

    /// Unix seconds of an HTTP date, `Sun, 06 Nov 1994 08:49:37 GMT`: half a second later than it says, since it is cut to whole ones.
    static func seconds(_ text: String) -> Double? {
        let format = DateFormatter()
        format.locale = Locale(identifier: "en_US_POSIX")
        format.timeZone = TimeZone(identifier: "GMT")
        format.dateFormat = "EEE, dd MMM yyyy HH:mm:ss 'GMT'"
        return format.date(from: text).map { $0.timeIntervalSince1970 + 0.5 }
    }
}
