import ArgumentParser

/// Which letters a command that changes something is meant for: never all of them by accident.
enum DeadChoice {
    static func validate(ids: [String], filter: DeadFilterOptions, all: Bool) throws {
        let ways = [!ids.isEmpty, filter.isNarrow, all].count { $0 }
        if ways == 0 { throw ValidationError("Name letters by id, choose them with a filter such as --reason, or give --all.") }
        if !ids.isEmpty, ways > 1 { throw ValidationError("Give ids or a filter, not both.") }
    }
}
