/// Why the records behind a row cannot be shown.
enum RowsError: ResolveError {
    case noAnswer
    case outOfRange(Int, rowCount: Int)
    case noRecords(String)
    case refinedPivot
    case unknownColumn(String, near: [String], there: [String])
    case severalSets(String, count: Int)
    case noSet(String)
    case notTraced

    var wording: Wording {
        switch self {
        case .noAnswer: ("no-last-answer", "there is no answer yet whose rows could be shown", ["ask a question first"])
        case .outOfRange(let number, let rowCount):
            (
                "row-out-of-range",
                rowCount == 0
                    ? "the last answer has no rows"
                    : "the last answer has \(rowCount) row\(rowCount == 1 ? "" : "s"), so that there is no row \(number)", []
            )
        case .noRecords(let reason): ("no-records-behind", "there are no records behind the row: \(reason)", [])
        case .refinedPivot:
            (
                "no-records-behind", "the records behind a `pivot` are known only right behind it",
                ["ask the question with the `pivot` again, then for its rows"]
            )
        case .unknownColumn(let name, let near, let there):
            ("unknown-column", "the last answer has no column `\(name)`", Words.nearest(near) + ["columns: \(Words.cut(there))"])
        case .severalSets(let name, let count):
            (
                "several-sets", "`\(name)` is made of \(count) different sets",
                ["give each a column of its own, then ask for the rows of one of these"]
            )
        case .noSet(let name):
            ("no-set", "`\(name)` is made of no set of records", ["`rows N` shows the records of the whole row"])
        case .notTraced: ("not-traced", "the row cannot be found again", [])
        }
    }
}
