import CCurl
import Foundation

/// What the curl thread does: takes work from the inbox, drives all transfers, sleeps until a socket or the inbox wakes it.
/// All libcurl handles live and die here.
final class CurlLoop {
    private let inbox: Inbox
    private let configuration: HTTPTransportConfiguration
    private let multi: UnsafeMutableRawPointer
    private var active: [Transfer] = []
    private var idle: [Transfer] = []
    /// One round trip of each connection, by its local port: measured once, when it was made.
    private var roundTrips: [Int32: Duration] = [:]

    private static let libraryCode = ccurl_global_init()
    /// For handles outside of any loop.
    static var isLibraryReady: Bool { libraryCode == CURLE_OK }

    /// Runs until the inbox is stopped.
    static func run(_ inbox: Inbox, _ configuration: HTTPTransportConfiguration) {
        if libraryCode == CURLE_OK, let multi = curl_multi_init() {
            // Without its wake-up channel (no free descriptors) no new work would ever be noticed.
            if curl_multi_wakeup(multi) == CURLM_OK {
                CurlLoop(inbox, configuration, multi).run()
            } else {
                inbox.stop("libcurl could not open its wake-up channel; are there too many open files?")
            }
            inbox.close()
            curl_multi_cleanup(multi)
        } else {
            inbox.stop("libcurl could not be started")
        }
        var left = Inbox.Batch()
        inbox.drain(into: &left)
        for exchange in left.submitted { exchange.fail(.stopped, left.stopReason ?? "stopped") }
    }

    private init(_ inbox: Inbox, _ configuration: HTTPTransportConfiguration, _ multi: UnsafeMutableRawPointer) {
        self.inbox = inbox
        self.configuration = configuration
        self.multi = multi
        ccurl_multi_set_long(multi, CURLMOPT_MAXCONNECTS, configuration.maximumKeptConnections)
        ccurl_multi_set_long(multi, CURLMOPT_PIPELINING, Int(CURLPIPE_NOTHING))
        inbox.open(multi)
    }

    private func run() {
        var batch = Inbox.Batch()
        while true {
            inbox.drain(into: &batch)
            for exchange in batch.submitted { start(exchange) }
            for exchange in batch.withdrawn { drop(exchange) }
            if let reason = batch.stopReason { return failAll(.stopped, reason) }
            var running: Int32 = 0
            let driven = curl_multi_perform(multi, &running)
            collect()
            guard driven == CURLM_OK else {
                recover(from: driven)
                continue
            }
            if inbox.mayFallAsleep() {
                let slept = curl_multi_poll(multi, nil, 0, 60_000, nil)  // libcurl's own timers end it earlier
                if slept != CURLM_OK { recover(from: slept) }
            }
        }
    }

    private func start(_ exchange: Exchange) {
        guard !exchange.isFinished else { return }
        do throws(Transfer.Refusal) {
            let transfer = if let used = idle.popLast() { used } else { try Transfer(configuration) }
            try transfer.begin(exchange)
            guard curl_multi_add_handle(multi, transfer.easy) == CURLM_OK else { throw Transfer.Refusal(code: CURLE_FAILED_INIT) }
            transfer.position = active.count
            active.append(transfer)
        } catch {
            exchange.finish { effect in .failure(TransportError(error.code, words: "", effect: effect, peer: exchange.request.peer)) }
        }
    }

    /// Ends a cancelled exchange; libcurl closes its connection, on which an answer could still come.
    private func drop(_ exchange: Exchange) {
        guard let transfer = active.first(where: { $0.exchange === exchange }) else { return }
        retire(transfer)
    }

    private func collect() {
        var code = CURLE_OK
        while let easy = ccurl_next_finished(multi, &code) {
            guard let transfer = Transfer.at(ccurl_get_context(easy)) else { continue }
            transfer.finish(code, roundTrip: roundTrip(of: transfer))
            retire(transfer)
        }
    }

    /// From the start of connecting to its end: the two packets that make one round trip.
    private func roundTrip(of transfer: Transfer) -> Duration? {
        guard ccurl_get_long(transfer.easy, CURLINFO_NUM_CONNECTS) > 0 else { return roundTrips[transfer.localPort] }
        let connected = ccurl_get_offset(transfer.easy, CURLINFO_CONNECT_TIME_T)
        let resolved = ccurl_get_offset(transfer.easy, CURLINFO_NAMELOOKUP_TIME_T)
        let roundTrip = Duration.microseconds(max(0, connected - resolved))
        roundTrips[transfer.localPort] = roundTrip
        return roundTrip
    }

    /// Takes the handle out of the multi handle and keeps it for the next exchange.
    private func retire(_ transfer: Transfer) {
        curl_multi_remove_handle(multi, transfer.easy)
        transfer.reset()
        active.swapAt(transfer.position, active.count - 1)
        active[transfer.position].position = transfer.position
        active.removeLast()
        if idle.count < configuration.maximumKeptConnections { idle.append(transfer) }
    }

    private func failAll(_ kind: TransportError.Kind, _ reason: String) {
        while let transfer = active.last {
            transfer.exchange?.fail(kind, reason)
            retire(transfer)
        }
    }

    /// A failure of the whole loop (no memory, no descriptors): ends what is under way and goes on.
    private func recover(from code: CURLMcode) {
        failAll(.other, String(cString: curl_multi_strerror(code)))
        Thread.sleep(forTimeInterval: 0.1)  // or a lasting failure would spin
    }
}
