import Columns

/// A value that stands in several rows of what would be a key, as an example of all such values.
struct RepeatedKey {
    let text: String
    /// The rows that have it, counted from 0; ascending.
    let rows: [Int]

    private static let mostShown = 5

    /// The first value that an earlier row has too. O(rows), and slow for a row: only asked once it is known that there is one.
    static func first(in values: Vector) -> RepeatedKey? {
        var found: Int?
        _ = KeySlots(
            count: values.count,
            hash: { row in
                guard var text = values.keyText(at: row) else { return nil }
                return text.withUTF8 { KeyHash.hash($0) }
            },
            isSame: { values.keyText(at: $0) == values.keyText(at: $1) },
            repeated: { first, _ in found = found ?? first })
        guard let found, let text = values.keyText(at: found) else { return nil }
        return RepeatedKey(text: text, rows: (found..<values.count).filter { values.keyText(at: $0) == text })
    }

    /// `7` in rows 3 and 12.
    var wording: String {
        let shown = rows.prefix(Self.mostShown).map { String($0 + 1) }
        if rows.count > shown.count { return "`\(text)` in rows \(shown.joined(separator: ", ")), … (\(rows.count) in all)" }
        return "`\(text)` in rows \(shown.dropLast().joined(separator: ", ")) and \(shown.last ?? "")"
    }
}
