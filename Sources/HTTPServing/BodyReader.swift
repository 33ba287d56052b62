import HTTPTypes
package import HummingbirdCore
import NIOCore

/// Why a request's body could not be taken in.
package enum BodyFailure: Error {
    case tooLarge
    /// Not whole at the deadline.
    case late
    /// All bodies together would need more memory than they may have.
    case crowded
    /// The client went away, or what it sent is no HTTP.
    case broken(any Error)
}

/// Takes in the whole body of a request, within its limits.
package struct BodyReader: Sendable {
    private let maximum: Int
    private let deadline: ContinuousClock.Instant?
    private let share: ByteBudget.Share?
    private let free: Int

    /// - Parameters:
    ///   - maximum: In bytes; more is refused as soon as it is announced, else as soon as it is there.
    ///   - deadline: When the body has to be whole; nil waits as long as the connection lives.
    ///   - share: Where the bytes are counted.
    ///   - free: The first bytes, which are not counted.
    package init(maximum: Int, deadline: ContinuousClock.Instant? = nil, share: ByteBudget.Share? = nil, free: Int = 0) {
        self.maximum = maximum
        self.deadline = deadline
        self.share = share
        self.free = free
    }

    /// Answers `Expect: 100-continue` once the body is known to be wanted.
    ///
    /// - Returns: Nothing when the request has no body.
    @concurrent
    package func bytes(of request: Request, _ writer: borrowing ResponseWriter) async throws(BodyFailure) -> [UInt8] {
        guard request.hasBody else { return [] }
        let length = request.headers[.contentLength].map { Int($0) ?? 0 } ?? 0
        guard length <= maximum else { throw .tooLarge }
        if request.headers[.expect]?.lowercased() == "100-continue" {
            do { try await writer.writeInformationalHead(HTTPResponse(status: .continue)) } catch { throw .broken(error) }
        }
        guard let deadline else { return try await collect(request.body, length) }
        let result = await withTaskGroup(of: Result<[UInt8], BodyFailure>.self) { group in
            group.addTask {
                do throws(BodyFailure) { return .success(try await collect(request.body, length)) } catch { return .failure(error) }
            }
            group.addTask {
                // Cancelled when the body is there: nobody looks at this result then.
                _ = try? await Task.sleep(until: deadline, clock: .continuous)
                return .failure(.late)
            }
            let first = await group.next() ?? .failure(.late)
            group.cancelAll()
            return first
        }
        return try result.get()
    }

    private func collect(_ body: RequestBody, _ length: Int) async throws(BodyFailure) -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(min(length, 1 << 16))
        do {
            for try await chunk in body {
                guard bytes.count + chunk.readableBytes <= maximum else { throw BodyFailure.tooLarge }
                let counted = max(0, bytes.count + chunk.readableBytes - max(bytes.count, free))
                guard share?.grow(by: counted) ?? true else { throw BodyFailure.crowded }
                bytes.append(contentsOf: chunk.readableBytesView)
            }
        } catch let failure as BodyFailure {
            throw failure
        } catch {
            throw .broken(error)
        }
        return bytes
    }
}

extension Request {
    /// Whether bytes follow the head.
    package var hasBody: Bool {
        headers[.transferEncoding] != nil || headers[.contentLength].map { Int($0) != 0 } ?? false
    }
}
