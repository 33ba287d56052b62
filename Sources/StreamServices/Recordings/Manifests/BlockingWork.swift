import Dispatch

/// File calls on a thread of their own: a slow disk or a mounted bucket must hold up nobody else.
struct BlockingWork: Sendable {
    private let queue = DispatchQueue(label: "mediaworker.recordings")

    func run<Value: Sendable, Failure: Error>(_ body: @escaping @Sendable () throws(Failure) -> Value) async throws(Failure) -> Value {
        let result: Result<Value, Failure> = await withCheckedContinuation { continuation in
            queue.async {
                do throws(Failure) { continuation.resume(returning: .success(try body())) } catch {
                    continuation.resume(returning: .failure(error))
                }
            }
        }
        return try result.get()
    }
}
