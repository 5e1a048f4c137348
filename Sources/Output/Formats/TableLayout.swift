import Syntax

/// The columns of a table as texts, and how wide each may be.
struct TableLayout {
    struct Column {
        var name: String
        /// None where a value is missing.
        var cells: [String?]
        var isRight: Bool
        /// Whether a long value may be cut; a number never is.
        var isCuttable: Bool
        /// Whether nobody asked for it: a field of a record that is shown whole. Such a column goes first when there is no room.
        var isField: Bool
        var width = 0

        init(name: String, cells: [String?], isRight: Bool, isCuttable: Bool, isField: Bool) {
            self.name = name
            self.cells = cells
            self.isRight = isRight
            self.isCuttable = isCuttable
            self.isField = isField
            width = max(DisplayWidth.of(name), cells.lazy.map { $0.map { DisplayWidth.of($0) } ?? 1 }.max() ?? 0)
        }
    }

    private static let gapWidth = 2
    /// A column that is cut keeps at least this much.
    private static let narrowest = 12
    /// What a field keeps before others are left out for its sake: an id of 18 characters, as CRMs have them, stays whole.
    private static let identifying = 20
    /// The most that a field takes when the table is too wide.
    private static let readable = 32

    var columns: [Column]
    /// Names of columns for which there was no room.
    private(set) var leftOut: [String] = []

    init(columns: [Column]) { self.columns = columns }

    private var totalWidth: Int {
        columns.reduce(0) { $0 + $1.width } + max(0, columns.count - 1) * Self.gapWidth
    }

    /// Makes the table fit: fields that nobody chose are cut to a readable width and then left out from the right, but for the first
    /// two, which tell what a row is about; after that long texts are cut, the widest most, and at last columns are left out.
    mutating func fit(width: Int) {
        if totalWidth > width {
            for index in columns.indices where columns[index].isField && columns[index].isCuttable {
                columns[index].width = min(columns[index].width, Self.readable)
            }
        }
        shrink(to: width, least: Self.identifying) { $0.isField }
        while totalWidth > width, let last = columns.lastIndex(where: \.isField), last >= 2 {
            leftOut.insert(columns.remove(at: last).name, at: 0)
        }
        shrink(to: width, least: Self.narrowest) { _ in true }
        while totalWidth > width, columns.count > 1 {
            leftOut.insert(columns.removeLast().name, at: 0)
        }
        if totalWidth > width, let only = columns.indices.first, columns[only].isCuttable {
            columns[only].width = max(1, width)
        }
    }

    /// Takes from the widest cuttable columns of those that are meant until the table fits or all of them are at their least width.
    private mutating func shrink(to width: Int, least: Int, where isMeant: (Column) -> Bool) {
        var excess = totalWidth - width
        while excess > 0 {
            let wide = columns.indices.filter { isMeant(columns[$0]) && columns[$0].isCuttable && columns[$0].width > least }
            guard let widest = wide.max(by: { columns[$0].width < columns[$1].width }) else { return }
            let next = wide.filter { $0 != widest }.map { columns[$0].width }.max() ?? least
            let step = max(1, min(excess, columns[widest].width - max(next, least)))
            columns[widest].width -= step
            excess -= step
        }
    }

    /// The text cut and padded to the width of its column; the last column needs no spaces behind it.
    func padded(_ text: String, _ column: Column, isLast: Bool) -> String {
        let fitting = cut(text, to: column.width)
        let spaces = String(repeating: " ", count: max(0, column.width - DisplayWidth.of(fitting)))
        if column.isRight { return spaces + fitting }
        return isLast ? fitting : fitting + spaces
    }

    private func cut(_ text: String, to width: Int) -> String {
        guard DisplayWidth.of(text) > width else { return text }
        var result = ""
        var used = 0
        for character in text {
            let next = DisplayWidth.of(String(character))
            guard used + next <= width - 1 else { break }
            result.append(character)
            used += next
        }
        return result + "…"
    }
}
