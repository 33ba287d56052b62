/// What was said in a video, by speech recognition: an element of `OrigASRData` of `VideoTags`. Every field may be missing.
///
/// - SeeAlso: ApsaraVideo VOD, event notifications, AIVideoTagComplete, OrigASRData.
public struct SpeechTranscript: VendorObject {
    /// One stretch of speech: an element of `AsrTextList`.
    public struct Sentence: VendorObject {
        /// Milliseconds.
        public var startTime: Int64?
        /// Milliseconds.
        public var endTime: Int64?
        public var text: String?
        /// The audio channel.
        public var channelID: Int64?
        /// How fast it is spoken; the vendor names no unit.
        public var speechRate: Int64?

        public enum CodingKeys: String, CodingKey {
            case startTime = "StartTime"
            case endTime = "EndTime"
            case text = "Text"
            case channelID = "ChannelId"
            case speechRate = "SpeechRate"
        }

        public init(_ fields: Fields<CodingKeys>) {
            startTime = fields.long(.startTime)
            endTime = fields.long(.endTime)
            text = fields.text(.text)
            channelID = fields.long(.channelID)
            speechRate = fields.long(.speechRate)
        }
    }

    /// Milliseconds, as text.
    public var duration: String?
    public var asrTextList: [Sentence]?

    public enum CodingKeys: String, CodingKey {
        case duration = "Duration"
        case asrTextList = "AsrTextList"
    }

    public init(_ fields: Fields<CodingKeys>) {
        duration = fields.text(.duration)
        asrTextList = fields.objects(.asrTextList, of: Sentence.self)
    }
}
