/// One of the tasks between which a role changed: who viewers are to turn away from, or to.
public struct StreamSide: VendorObject {
    /// The name of the wanted task.
    public var task: String?
    /// The service's id of the running one: converter, player; of a recording the `sid`.
    public var id: String?
    /// Who it is in the channel: a number, or in projects that use them an account.
    public var uid: Int64?
    public var account: String?
    /// Where it pushes to or pulls from, its key hidden.
    public var address: String?

    public enum CodingKeys: String, CodingKey { case task, id, uid, account, address }

    /// - Parameter address: As it is; the key in it is hidden here.
    public init(task: String? = nil, id: String? = nil, uid: Int64? = nil, account: String? = nil, address: String? = nil) {
        self.task = task
        self.id = id
        self.uid = uid
        self.account = account
        self.address = address.map(StreamAddress.masked)
    }

    public init(_ fields: Fields<CodingKeys>) {
        task = fields.text(.task)
        id = fields.text(.id)
        uid = fields.long(.uid)
        account = fields.text(.account)
        address = fields.text(.address)
    }
}
