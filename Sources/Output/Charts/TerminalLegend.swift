import Syntax

/// What stands for which series, below a chart.
enum TerminalLegend {
    /// Marks with their names behind them, as many on a line as it has room for.
    static func lines(_ entries: [(mark: String, name: String)], width: Int) -> [String] {
        var lines: [String] = []
        var used = 0
        for (mark, name) in entries {
            let shown = DisplayWidth.of(name) + 2 <= width ? name : TerminalBars.fitted(name, max(width - 2, 2))
            let size = DisplayWidth.of(shown) + 2
            if !lines.isEmpty, used + 2 + size <= width {
                lines[lines.count - 1] += "  \(mark) \(shown)"
                used += 2 + size
            } else {
                lines.append("\(mark) \(shown)")
                used = size
            }
        }
        return lines
    }
}
