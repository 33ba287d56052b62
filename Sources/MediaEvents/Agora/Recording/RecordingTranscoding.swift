/// The postponed transcoding of a recording started.
/// - SeeAlso: Agora, Cloud Recording, callbacks, transcoder_started.
public struct RecordingTranscoderStarted: RecordingDetails {
    public static let event: Int64 = 80
    public static let summary = "postponed transcoding started"

    public var msgName: String?

    public enum CodingKeys: String, CodingKey { case msgName }

    public init(_ fields: Fields<CodingKeys>) {
        msgName = fields.text(.msgName)
    }

    public static let sample = #"""
        {
          "msgName": "transcoder_started"
        }
        """#
}

/// The postponed transcoding of a recording ended, and how for each user.
/// - SeeAlso: Agora, Cloud Recording, callbacks, transcoder_completed.
public struct RecordingTranscoderCompleted: RecordingDetails {
    public static let event: Int64 = 81
    public static let summary = "postponed transcoding ended"

    public var msgName: String?
    /// `all_success`, `partial_success`, `fail`.
    public var result: String?
    public var uids: [User]?

    public enum CodingKeys: String, CodingKey { case msgName, result, uids }

    public init(_ fields: Fields<CodingKeys>) {
        msgName = fields.text(.msgName)
        result = fields.text(.result)
        uids = fields.objects(.uids, of: User.self)
    }

    public static let sample = #"""
        {
          "msgName": "transcoder_completed",
          "result": "all_success",
          "uids": [
            {
              "uid": "101",
              "result": "success",
              "fileList": [
                {
                  "fileName": "5b7e21c0946d4f3a8e10c27d95ab6f34_show68_101_0.mp4"
                }
              ]
            }
          ]
        }
        """#

    /// How it ended for one recorded user.
    public struct User: VendorObject {
        public var uid: String?
        /// `success`, `fail`.
        public var result: String?
        public var fileList: [TranscodedFile]?

        public enum CodingKeys: String, CodingKey { case uid, result, fileList }

        public init(_ fields: Fields<CodingKeys>) {
            uid = fields.text(.uid)
            result = fields.text(.result)
            fileList = fields.objects(.fileList, of: TranscodedFile.self)
        }
    }
}

/// Files of a recording could not be fetched for transcoding. At most once for a recording.
/// - SeeAlso: Agora, Cloud Recording, callbacks, download_failed.
public struct RecordingDownloadFailed: RecordingDetails {
    public static let event: Int64 = 90
    public static let summary = "files could not be fetched for transcoding"

    public var msgName: String?
    /// The storage vendor's number, as in the start request.
    public var vendor: Int64?
    /// The region's number, as in the start request.
    public var region: Int64?
    public var bucket: String?
    /// Names joined by `;`. Agora's editions spell it `fileName` or `filename`; each is kept as it came.
    public var fileName: String?
    public var filename: String?

    /// The names as they came, in whichever spelling.
    public var name: String? { fileName ?? filename }
    /// The names one by one; empty if there are none.
    public var names: [String] { (name ?? "").split(separator: ";").map { String($0) } }

    public enum CodingKeys: String, CodingKey { case msgName, vendor, region, bucket, fileName, filename }

    public init(_ fields: Fields<CodingKeys>) {
        msgName = fields.text(.msgName)
        vendor = fields.long(.vendor)
        region = fields.long(.region)
        bucket = fields.text(.bucket)
        fileName = fields.text(.fileName)
        filename = fields.text(.filename)
    }

    public static let sample = #"""
        {
          "msgName": "download_failed",
          "vendor": 2,
          "region": 3,
          "bucket": "example-shows",
          "fileName": "5b7e21c0946d4f3a8e10c27d95ab6f34_show68.m3u8;5b7e21c0946d4f3a8e10c27d95ab6f34_show68_20210125092003377.ts"
        }
        """#
}

/// The last word on the postponed transcoding of a recording.
/// - SeeAlso: Agora, Cloud Recording, callbacks, postpone_transcode_final_result.
public struct RecordingTranscodeFinished: RecordingDetails {
    public static let event: Int64 = 1001
    public static let summary = "the final result of postponed transcoding"

    public var msgName: String?
    /// `total_success`, `partial_success`, `failed`: not the words of `RecordingTranscoderCompleted`.
    public var result: String?
    public var fileList: [TranscodedFile]?

    public enum CodingKeys: String, CodingKey { case msgName, result, fileList }

    public init(_ fields: Fields<CodingKeys>) {
        msgName = fields.text(.msgName)
        result = fields.text(.result)
        fileList = fields.objects(.fileList, of: TranscodedFile.self)
    }

    public static let sample = #"""
        {
          "msgName": "postpone_transcode_final_result",
          "result": "total_success",
          "fileList": [
            {
              "fileName": "5b7e21c0946d4f3a8e10c27d95ab6f34_show68_101_0.mp4"
            }
          ]
        }
        """#
}

/// One file that transcoding made: an element of `fileList`.
/// - SeeAlso: Agora, Cloud Recording, callbacks, transcoder_completed, fileList.
public struct TranscodedFile: VendorObject {
    /// Agora's editions spell it `fileName` or `filename`; each is kept as it came.
    public var fileName: String?
    public var filename: String?

    /// The name, in whichever spelling.
    public var name: String? { fileName ?? filename }

    public enum CodingKeys: String, CodingKey { case fileName, filename }

    public init(_ fields: Fields<CodingKeys>) {
        fileName = fields.text(.fileName)
        filename = fields.text(.filename)
    }
}
