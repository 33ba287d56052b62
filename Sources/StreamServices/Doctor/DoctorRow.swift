/// One item of Agora's integration checklists, or of what this program needs besides, and how it stands.
package struct DoctorRow: Encodable, Sendable, Equatable {
    package enum Status: String, Encodable, Sendable {
        case ok
        case warning
        case failed
        /// Nobody can see it from here.
        case notCheckable = "not-checkable"
    }

    /// `credentials`, `service`, `tasks`, ...
    package let item: String
    /// The service or the host that it is about; nil for what concerns all.
    package let subject: String?
    /// Without it streams are not safe. Only a required row that failed makes the whole a failure.
    package let required: Bool
    package let status: Status
    /// What was seen, in a sentence.
    package let finding: String
    /// What to do; nil if nothing is to be done.
    package let advice: String?

    init(_ item: String, _ subject: String? = nil, required: Bool, _ status: Status, _ finding: String, advice: String? = nil) {
        self.item = item
        self.subject = subject
        self.required = required
        self.status = status
        self.finding = finding
        self.advice = advice
    }
}
