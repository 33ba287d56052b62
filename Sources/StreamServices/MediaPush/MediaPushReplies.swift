package import MediaEvents

/// A converter as Create, Update and Get answer: whole, or the members that `fields` names.
///
/// Get answers with the members at the top level for a converter that transcodes, and below `converter` for one that does not.
/// - SeeAlso: Agora, Media Push, RESTful API.
package struct ConverterReply: VendorObject {
    package struct Members: VendorObject {
        package var id: String?
        package var name: String?
        package var state: String?
        package var rtmpURL: String?
        /// Unix seconds.
        package var createTs: Int64?
        package var updateTs: Int64?

        package enum CodingKeys: String, CodingKey {
            case id, name, state, createTs, updateTs
            case rtmpURL = "rtmpUrl"
        }

        package init(_ fields: Fields<CodingKeys>) {
            id = fields.text(.id)
            name = fields.text(.name)
            state = fields.text(.state)
            rtmpURL = fields.text(.rtmpURL)
            createTs = fields.long(.createTs)
            updateTs = fields.long(.updateTs)
        }
    }

    /// At the top level.
    package var state: String?
    package var name: String?
    package var converter: Members?

    /// `connecting`, `running`, `failed`; nil where the service does not say.
    package var currentState: String? { converter?.state ?? state }

    package enum CodingKeys: String, CodingKey { case state, name, converter }

    package init(_ fields: Fields<CodingKeys>) {
        state = fields.text(.state)
        name = fields.text(.name)
        converter = fields.object(.converter, of: Members.self)
    }
}

/// One page of List.
/// - SeeAlso: Agora, Media Push, RESTful API, list.
package struct ConverterPage: VendorObject {
    package struct Member: VendorObject {
        /// In whatever case: compare without regard to it.
        package var converterID: String
        package var converterName: String?
        package var rtcChannel: String?
        package var rtmpURL: String?
        package var state: String?
        /// Unix seconds.
        package var create: Int64?
        package var updateTs: Int64?
        /// Seconds; the tables spell it one way, the samples the other.
        package var idleTimeout: Int64?
        package var idleTimeOut: Int64?

        package enum CodingKeys: String, CodingKey {
            case converterID = "converterId"
            case converterName, rtcChannel, state, create, updateTs, idleTimeout, idleTimeOut
            case rtmpURL = "rtmpUrl"
        }

        package init(_ fields: Fields<CodingKeys>) throws(UndecodableBody) {
            converterID = try fields.subject(.converterID)
            converterName = fields.text(.converterName)
            rtcChannel = fields.text(.rtcChannel)
            rtmpURL = fields.text(.rtmpURL)
            state = fields.text(.state)
            create = fields.long(.create)
            updateTs = fields.long(.updateTs)
            idleTimeout = fields.long(.idleTimeout)
            idleTimeOut = fields.long(.idleTimeOut)
        }
    }

    package struct Content: VendorObject {
        package var members: [Member]
        package var cursor: String?
        package var totalCount: Int64?

        package enum CodingKeys: String, CodingKey {
            case members, cursor
            case totalCount = "total_count"
        }

        package init(_ fields: Fields<CodingKeys>) throws(UndecodableBody) {
            guard let members = fields.objects(.members, of: Member.self) else {
                throw UndecodableBody(reason: "`data.members` is missing", key: "members")
            }
            self.members = members
            cursor = fields.text(.cursor)
            totalCount = fields.long(.totalCount)
        }
    }

    package var data: Content

    /// For the next page; nil after the last.
    package var nextCursor: String? { PageMark.next(data.cursor) }

    package enum CodingKeys: String, CodingKey { case data }

    package init(_ fields: Fields<CodingKeys>) throws(UndecodableBody) { data = try fields.part(.data, of: Content.self) }
}

/// The mark that leads to the next page. The end is written in several ways: absent, null, empty, 0.
enum PageMark {
    static func next(_ mark: String?) -> String? { mark.flatMap { $0.isEmpty || $0 == "0" ? nil : $0 } }
}
