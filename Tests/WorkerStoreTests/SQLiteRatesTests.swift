import Foundation
import StreamServices
import Testing
import WorkerStore

@Suite("Rates in the state database", .timeLimit(.minutes(1))) struct SQLiteRatesTests {
    @Test("several processes together make no more calls than the limit, and all learn of a 429")
    func together() async throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "worker-store-tests-\(UUID().uuidString)").path
        defer { try? FileManager.default.removeItem(atPath: folder) }
        // Two handles of one file stand for two processes.
        let processes = try (0..<2).map { _ in SQLiteRates(try StateDatabase.open(directory: folder)) }
        let start: Int64 = 1_773_478_800_000
        let sorted = try await withThrowingTaskGroup(of: Int64?.self) { group in
            for number in 0..<60 {
                group.addTask { try await processes[number % 2].reserve(.cloudRecording, at: start) }
            }
            var moments: [Int64] = []
            for try await moment in group { moments += [moment ?? 0] }
            return moments.sorted()
        }
        #expect(sorted.count == 60 && Set(sorted).count == 6)
        for moment in sorted { #expect(sorted.count { $0 >= moment && $0 < moment + 1000 } <= 10) }
        // Per minute, too: beyond it a call would have to wait for more than a minute.
        var turns = 0
        for number in 0..<40 where try await processes[number % 2].reserve(.mediaPullList, at: start) != nil { turns += 1 }
        #expect(turns == 20)
        try await processes[0].throttled(.mediaPullCreateNamed, at: start)
        #expect(try await processes[1].reserve(.mediaPullCreateNamed, at: start) == start)
        #expect(try await processes[0].reserve(.mediaPullCreateNamed, at: start) == start + 1050)
    }
}
