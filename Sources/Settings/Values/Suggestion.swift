/// "Did you mean": the known name that is nearest to an unknown one.
enum Suggestion {
    /// - Returns: The nearest candidate, if it is near: at most a third of the letters differ, and at least two may.
    static func nearest(to name: String, among candidates: some Sequence<String>) -> String? {
        let allowed = max(2, name.count / 3)
        let ranked = candidates.map { (name: $0, distance: distance(name, $0)) }
            .filter { $0.distance <= allowed && $0.distance < $0.name.count }
        return ranked.min { ($0.distance, $0.name) < ($1.distance, $1.name) }?.name
    }

    /// Letters to insert, drop or replace on the way from one text to the other (Levenshtein).
    static func distance(_ first: String, _ second: String) -> Int {
        let columns = Array(second)
        var row = Array(0...columns.count)
        for (line, letter) in first.enumerated() {
            var diagonal = row[0]
            row[0] = line + 1
            for (column, other) in columns.enumerated() {
                let changed = letter == other ? diagonal : diagonal + 1
                diagonal = row[column + 1]
                row[column + 1] = min(changed, diagonal + 1, row[column] + 1)
            }
        }
        return row[columns.count]
    }
}
