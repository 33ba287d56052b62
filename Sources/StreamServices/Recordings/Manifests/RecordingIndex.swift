/// What an index file of a recording says: an HLS media playlist as Agora writes it.
///
/// `#EXTINF` may lack its comma, and `TIME` of Agora's own tags is a 17-digit moment, in older files Unix milliseconds.
/// - SeeAlso: Agora, Cloud Recording, M3U8 files; RFC 8216.
struct RecordingIndex: Sendable, Equatable {
    struct Entry: Sendable, Equatable {
        /// As it stands in the file.
        let uri: String
        let microseconds: Int64
        /// `#EXT-X-DISCONTINUITY` stands before it.
        let isDiscontinuous: Bool
    }

    var entries: [Entry] = []
    /// `#EXT-X-ENDLIST`: the recorder closed it.
    var isClosed = false
    /// When streams began, or began again after a break: Unix milliseconds, ascending.
    var starts: [Int64] = []
    /// Lines that cannot be used, in words.
    var damages: [String] = []

    /// Bytes that an index file may have: about ten days of slices.
    static let maximumSize = 8 << 20
    /// Lines that `damages` tells of; the rest are counted.
    static let maximumDamages = 8
}

/// Bytes that are no index file, and why.
struct UnreadableIndex: Error, Sendable, Equatable {
    let reason: String
}
