import Syntax

/// A table of cells, the darker the larger their value.
struct TerminalHeat {
    let width: Int
    let color: Bool
    private static let shades: [Character] = [" ", "░", "▒", "▓", "█"]

    func lines(_ layout: ChartLayout) -> [String] {
        let names = layout.data.series.map(\.name)
        let labelWidth = min(layout.data.labels.map { DisplayWidth.of($0) }.max() ?? 0, max(8, width / 4))
        let widest = names.map { DisplayWidth.of($0) }.max() ?? 1
        let cell = max(3, min(widest + 1, 11))
        let room = max(1, (width - labelWidth - 1) / cell)
        let shown = Array(names.indices.prefix(room))
        var lines = [
            String(repeating: " ", count: labelWidth + 1)
                + shown.map { TerminalBars.fitted(names[$0], cell - 1) }.joined(separator: " ")
        ]
        for (place, label) in layout.data.labels.enumerated() {
            let cells = shown.map { index -> String in
                guard let value = layout.data.series[index].values[place] else { return TerminalBars.fitted("·", cell) }
                return painted(layout.shade(value), cell - 1) + " "
            }
            var line = TerminalBars.fitted(label, labelWidth) + " " + cells.joined()
            while line.last == " " { line.removeLast() }
            lines.append(line)
        }
        let (low, high) = (layout.values.ticks.first?.label ?? "", layout.values.ticks.last?.label ?? "")
        let scale = (0..<5).map { painted(Double($0) / 4, 2) }.joined()
        let legend = "\(low) \(scale) \(high)"
        let hasGaps = shown.contains { layout.data.series[$0].values.contains(nil) }
        let isWide = labelWidth + 1 + low.count + high.count + 12 + 18 > width
        lines.append(
            String(repeating: " ", count: isWide ? 0 : labelWidth + 1) + legend + (hasGaps && !isWide ? "   · nothing known" : "")
        )
        if hasGaps, isWide { lines.append("· nothing known") }
        if shown.count < names.count { lines.append("(\(names.count - shown.count) of \(names.count) columns do not fit)") }
        return lines
    }

    private func painted(_ shade: Double, _ width: Int) -> String {
        let step = min(4, max(0, Int((shade * 4).rounded())))
        guard color else { return String(repeating: Self.shades[step], count: width) }
        // The greys of 256 colours would vanish on some background; blues are seen on both.
        let code = [195, 153, 111, 69, 26][step]
        return "\u{1B}[48;5;\(code)m\(String(repeating: " ", count: width))\u{1B}[0m"
    }
}
