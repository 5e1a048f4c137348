import Columns
import Syntax

/// The lines of a chart for a terminal of a width, or for a text file.
public func chartText(_ kind: ChartKind, _ answer: Answer, width: Int, color: Bool) throws(ChartError) -> String {
    let width = min(max(width, 30), 200)
    let layout = try ChartLayout(kind, ChartData(answer), placeTicks: max(2, width / 14), valueTicks: 6)
    return TerminalChart(width: width, color: color).lines(layout).map { $0 + "\n" }.joined()
}

/// A chart as a picture in SVG.
public func chartSVG(_ kind: ChartKind, _ answer: Answer) throws(ChartError) -> String {
    SVGChart.text(try ChartLayout(kind, ChartData(answer), placeTicks: 8, valueTicks: 6))
}

/// A series in one line of blocks, the lowest value at the bottom; a space where nothing is known.
public func sparkLine(_ values: [Double?]) -> String {
    let known = values.compactMap { $0 }
    guard let least = known.min(), let greatest = known.max() else { return "" }
    let blocks: [Character] = ["▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"]
    return String(
        values.map { value -> Character in
            guard let value else { return " " }
            return greatest > least ? blocks[Int(((value - least) / (greatest - least) * 7).rounded())] : blocks[3]
        })
}
