/// One file of a recording: an element of `fileList`. M3U8 and MP4 files are listed, slices (TS, WebM) are not. Every field may be
/// missing; web page recordings give a name and a start, older ones a uid besides.
/// - SeeAlso: Agora, Cloud Recording, callbacks, uploaded, fileList.
public struct RecordedFile: VendorObject {
    /// Agora's editions spell it `fileName` or `filename`; each is kept as it came.
    public var fileName: String?
    public var filename: String?
    /// `audio`, `video`, `audio_and_video`.
    public var trackType: String?
    /// The recorded user; `0` in composite mode.
    public var uid: String?
    /// Whether all users are in this one file.
    public var mixedAllUser: Bool?
    /// Whether it can be played online.
    public var isPlayable: Bool?
    /// Unix milliseconds; the REST replies give seconds under this name.
    public var sliceStartTime: Int64?

    /// The name, in whichever spelling.
    public var name: String? { fileName ?? filename }

    public enum CodingKeys: String, CodingKey {
        case fileName, filename, trackType, uid, mixedAllUser, isPlayable, sliceStartTime
    }

    public init(_ fields: Fields<CodingKeys>) {
        fileName = fields.text(.fileName)
        filename = fields.text(.filename)
        trackType = fields.text(.trackType)
        uid = fields.text(.uid)
        mixedAllUser = fields.boolean(.mixedAllUser)
        isPlayable = fields.boolean(.isPlayable)
        sliceStartTime = fields.long(.sliceStartTime)
    }
}
