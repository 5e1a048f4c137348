/// Lays candidates out below the prompt, and finds what they have in common.
struct CompletionList {
    private static let gap = 2

    let candidates: [Candidate]

    /// The longest text with which all candidates begin, in whole characters.
    var commonPrefix: String {
        guard var prefix = candidates.first.map({ $0.text[...] }) else { return "" }
        for candidate in candidates.dropFirst() {
            var end = prefix.startIndex
            for (ours, theirs) in zip(prefix.indices, candidate.text.indices) {
                guard prefix[ours] == candidate.text[theirs] else { break }
                end = prefix.index(after: ours)
            }
            prefix = prefix[..<end]
        }
        return String(prefix)
    }

    /// The lines of the list: one candidate a line with its description where these fit the rows, otherwise columns of names alone.
    func lines(columns: Int, rows: Int, colour: Bool) -> [String] {
        let width = max(columns - 1, 1)
        let rows = max(rows, 2)
        if candidates.contains(where: { $0.description != nil }) && candidates.count <= rows {
            return described(width: width, colour: colour)
        }
        return inColumns(width: width, rows: rows)
    }

    private func described(width: Int, colour: Bool) -> [String] {
        let labelWidth = min(candidates.map { EditorWidth.of($0.label) }.max() ?? 0, width)
        let room = width - labelWidth - Self.gap
        return candidates.map { candidate in
            let label = EditorWidth.truncate(candidate.label, to: labelWidth)
            guard let description = candidate.description, room > 3 else { return label }
            let words = EditorWidth.truncate(description, to: room)
            let padded = EditorWidth.pad(label, to: labelWidth + Self.gap)
            return colour ? "\(padded)\u{1B}[2m\(words)\u{1B}[0m" : padded + words
        }
    }

    /// Names run down the columns, as in `ls`.
    private func inColumns(width: Int, rows: Int) -> [String] {
        let labels = candidates.map { EditorWidth.truncate($0.label, to: width) }
        let cell = (labels.map { EditorWidth.of($0) }.max() ?? 0) + Self.gap
        let columnCount = max(1, (width + Self.gap) / cell)
        var shown = labels.count
        var rowCount = (shown + columnCount - 1) / columnCount
        if rowCount > rows {
            rowCount = rows - 1
            shown = rowCount * columnCount
        }
        var lines = (0..<rowCount).map { row in
            stride(from: row, to: shown, by: rowCount).map { index in
                index + rowCount < shown ? EditorWidth.pad(labels[index], to: cell) : labels[index]
            }.joined()
        }
        if shown < labels.count { lines.append("… and \(labels.count - shown) more") }
        return lines
    }
}
