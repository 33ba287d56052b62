package import MediaEvents

/// What the calls of Cloud Recording answer about a recording and its files.
/// - SeeAlso: Agora, Cloud Recording, RESTful API.
package struct RecordingReply: VendorObject {
    package struct Server: VendorObject {
        /// Of `query`: 4 and 5 mean that it runs.
        package var status: Int64?
        /// Of `stop`: `uploaded`, `backuped`, `unknown`.
        package var uploadingStatus: String?
        /// One name, or a list: the service says both under one key.
        package var oneFile: String?
        package var fileList: [RecordedFile]?
        /// Of a web page recording, with a list of its own.
        package var extensions: [Extension]?

        package enum CodingKeys: String, CodingKey {
            case status, uploadingStatus, fileList
            case extensions = "extensionServiceState"
        }

        package init(_ fields: Fields<CodingKeys>) {
            status = fields.long(.status)
            uploadingStatus = fields.text(.uploadingStatus)
            fileList = fields.objects(.fileList, of: RecordedFile.self)
            oneFile = fileList == nil ? fields.text(.fileList) : nil
            extensions = fields.objects(.extensions, of: Extension.self)
        }

        package func encode(to encoder: any Encoder) throws {
            var container = encoder.container(keyedBy: CodingKeys.self)
            try container.encodeIfPresent(status, forKey: .status)
            try container.encodeIfPresent(uploadingStatus, forKey: .uploadingStatus)
            if let oneFile {
                try container.encode(oneFile, forKey: .fileList)
            } else {
                try container.encodeIfPresent(fileList, forKey: .fileList)
            }
            try container.encodeIfPresent(extensions, forKey: .extensions)
        }
    }

    package struct Extension: VendorObject {
        /// `web_recorder_service`, `upload_service`, `rtmp_publish_service`.
        package var serviceName: String?
        package var payload: Payload?

        package enum CodingKeys: String, CodingKey { case serviceName, payload }

        package init(_ fields: Fields<CodingKeys>) {
            serviceName = fields.text(.serviceName)
            payload = fields.object(.payload, of: Payload.self)
        }
    }

    package struct Payload: VendorObject {
        package var fileList: [RecordedFile]?
        package var uploadingStatus: String?

        package enum CodingKeys: String, CodingKey { case fileList, uploadingStatus }

        package init(_ fields: Fields<CodingKeys>) {
            fileList = fields.objects(.fileList, of: RecordedFile.self)
            uploadingStatus = fields.text(.uploadingStatus)
        }
    }

    /// Cloud Recording's own code.
    package var code: Int64?
    package var cname: String?
    package var resourceID: String?
    package var sid: String?
    package var serverResponse: Server?

    package enum CodingKeys: String, CodingKey {
        case code, cname, sid, serverResponse
        case resourceID = "resourceId"
    }

    package init(_ fields: Fields<CodingKeys>) {
        code = fields.long(.code)
        cname = fields.text(.cname)
        resourceID = fields.text(.resourceID)
        sid = fields.text(.sid)
        serverResponse = fields.object(.serverResponse, of: Server.self)
    }

    /// Nil for an answer that is no JSON object.
    init?(_ answer: AgoraAnswer) {
        do throws(UndecodableBody) { self = try VendorReply.read(answer.body) } catch { return nil }
    }

    /// Of `stop`, code 435: nobody sent anything while it ran.
    var hasNoFiles: Bool { code == 435 }

    /// Every file that the answer names, wherever it does.
    var files: [(name: String, start: Int64?)] {
        let lists = [serverResponse?.fileList] + (serverResponse?.extensions ?? []).map(\.payload?.fileList)
        let listed = lists.flatMap { $0 ?? [] }.compactMap { file in file.name.map { ($0, file.sliceStartTime) } }
        return (serverResponse?.oneFile).map { listed + [($0, nil)] } ?? listed
    }

    /// `uploaded`, `backuped`, `unknown`, wherever the answer says it.
    var uploadingStatus: String? {
        serverResponse?.uploadingStatus ?? (serverResponse?.extensions ?? []).lazy.compactMap(\.payload?.uploadingStatus).first
    }
}
