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
        var width = 0

        init(name: String, cells: [String?], isRight: Bool, isCuttable: Bool) {
            self.name = name
            self.cells = cells
            self.isRight = isRight
            self.isCuttable = isCuttable
            width = max(DisplayWidth.of(name), cells.lazy.map { $0.map { DisplayWidth.of($0) } ?? 1 }.max() ?? 0)
        }
    }

    private static let gapWidth = 2
    /// A column that is cut keeps at least this much.
    private static let narrowest = 12

    var columns: [Column]
    /// Names of columns for which there was no room.
    private(set) var leftOut: [String] = []

    init(columns: [Column]) { self.columns = columns }

    private var totalWidth: Int {
        columns.reduce(0) { $0 + $1.width } + max(0, columns.count - 1) * Self.gapWidth
    }

    /// Makes the table fit: long texts are cut first, the widest most; then columns are left out from the right. When a person chose the
    /// columns (`keepsAll`), none is left out as long as cutting texts suffices; a listing of all fields cuts them no further than to a
    /// readable width.
    mutating func fit(width: Int, keepsAll: Bool) {
        if !keepsAll {
            for index in columns.indices where columns[index].isCuttable { columns[index].width = min(columns[index].width, 32) }
        }
        let least = keepsAll ? Self.narrowest : 16
        shrink(to: width, least: least)
        while totalWidth > width, columns.count > 1 {
            leftOut.insert(columns.removeLast().name, at: 0)
        }
        if totalWidth > width, let only = columns.indices.first, columns[only].isCuttable {
            columns[only].width = max(1, width)
        }
    }

    /// Takes from the widest cuttable columns until the table fits or all of them are at their least width.
    private mutating func shrink(to width: Int, least: Int) {
        var excess = totalWidth - width
        while excess > 0 {
            let wide = columns.indices.filter { columns[$0].isCuttable && columns[$0].width > least }
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
