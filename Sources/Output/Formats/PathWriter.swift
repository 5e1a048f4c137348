import Columns
import Syntax

/// Paths on a terminal that is too narrow for a line each: every path as a few lines, a step a line, so that one can read from it who knows
/// whom and how well.
struct PathWriter {
    private let answer: Answer
    private let options: OutputOptions
    private let width: Int

    /// None where there is room for a line a path, or no terminal. The first column of the answer is the path in words, the last one its
    /// steps, and between them stands what is said of the whole.
    init?(_ answer: Answer, _ options: OutputOptions) {
        guard answer.showsPaths, options.format == .table, let width = options.width, let paths = answer.columns.first else {
            return nil
        }
        let longest = (0..<answer.rowCount).map { DisplayWidth.of(Self.text(paths.values, $0)) }.max() ?? 0
        // Each further column takes about as much as a number and its name.
        guard longest + 12 * (answer.columns.count - 2) > width else { return nil }
        self.answer = answer
        self.options = options
        self.width = width
    }

    func write(to sink: ByteSink) throws(OutputError) {
        guard case .table(let segments, let columns)? = answer.columns.last?.values.storage else { return }
        for row in 0..<answer.rowCount {
            if row > 0 { try sink.write("\n") }
            try sink.write(styled(heading(row)) + "\n")
            let steps = segments.range(row)
            let start = steps.isEmpty ? Self.text(answer.columns[0].values, row) : Self.text(columns[0].values, steps.lowerBound)
            try sink.write("  \(start)\n")
            for step in steps { for line in lines(of: step, columns) { try sink.write("  \(line)\n") } }
        }
    }

    /// `3 hops, strength 0.61`.
    private func heading(_ row: Int) -> String {
        answer.columns.dropFirst().dropLast().map { column in
            let text = Self.text(column.values, row)
            guard column.name == "hops" else { return "\(column.name) \(rounded(text))" }
            return "\(text) \(text == "1" ? "hop" : "hops")"
        }.joined(separator: ", ")
    }

    private func rounded(_ text: String) -> String {
        guard let value = Double(text), text.count > 8, value >= 0.001 else { return text }
        return "\((value * 10_000).rounded() / 10_000)"
    }

    /// `—knows (strength 0.9, since 2020-01-01)→ Ben Öz`, the name on a line of its own where both do not fit.
    private func lines(of step: Int, _ columns: [(name: String, values: Vector)]) -> [String] {
        let facts = columns.dropFirst(5).filter { !$0.values.showsMissing(step) }.map { column in
            "\(String(column.name.map { $0 == "_" ? " " : $0 })) \(Self.text(column.values, step))"
        }
        let link = "—\(Self.text(columns[2].values, step))" + (facts.isEmpty ? "" : " (\(facts.joined(separator: ", ")))")
        let target = "→ \(Self.text(columns[3].values, step))"
        return DisplayWidth.of(link) + DisplayWidth.of(target) + 2 <= width ? [link + target] : [link, "    " + target]
    }

    private func styled(_ text: String) -> String { options.color ? "\u{1B}[1m\(text)\u{1B}[0m" : text }

    private static func text(_ values: Vector, _ row: Int) -> String {
        var bytes: [UInt8] = []
        appendCell(values, row, to: &bytes)
        return printable(String(decoding: bytes, as: UTF8.self))
    }
}
