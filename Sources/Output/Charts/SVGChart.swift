import Syntax

/// Draws a chart as a picture in SVG 1.1, without scripts or fonts of its own, so that it looks the same wherever it is opened.
struct SVGChart {
    private static let width = 760.0
    private static let plotHeight = 320.0
    private static let characterWidth = 6.9
    private static let lineHeight = 16.0
    /// Colours that people who see colours differently can tell apart (Okabe and Ito 2008).
    private static let colors = ["#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00", "#56b4e9", "#000000", "#999999"]

    private var body: [String] = []

    static func text(_ layout: ChartLayout) -> String {
        var chart = SVGChart()
        let height =
            switch layout.kind {
            case .line: chart.line(layout)
            case .bar: chart.bars(layout)
            case .heat: chart.heat(layout)
            }
        let size = "width=\"\(number(width))\" height=\"\(number(height))\" viewBox=\"0 0 \(number(width)) \(number(height))\""
        let style = "font-family=\"system-ui, sans-serif\" font-size=\"12\" fill=\"#333333\""
        return "<svg xmlns=\"http://www.w3.org/2000/svg\" \(size) \(style)>\n"
            + "<rect width=\"100%\" height=\"100%\" fill=\"#ffffff\"/>\n" + chart.body.joined(separator: "\n") + "\n</svg>\n"
    }

    // MARK: Kinds

    private mutating func line(_ layout: ChartLayout) -> Double {
        let left = 16 + Self.labelWidth(layout.values.ticks.map(\.label))
        let right = Self.width - 24
        let top = head(layout, left: left)
        let bottom = top + Self.plotHeight
        func x(_ place: Double) -> Double { left + place * (right - left) }
        func y(_ place: Double) -> Double { bottom - place * (bottom - top) }
        for tick in layout.values.ticks {
            let place = y(layout.values.place(tick.value))
            rule(left, place, right, place, tick.value == 0 ? "#888888" : "#e0e0e0")
            text(left - 6, place + 4, tick.label, "end")
        }
        rule(left, bottom, right, bottom, "#888888")
        var free = -Double.infinity
        for tick in layout.places?.ticks ?? [] {
            let place = x(layout.places?.place(tick.value) ?? 0)
            rule(place, bottom, place, bottom + 4, "#888888")
            let half = Self.labelWidth([tick.label]) / 2
            let center = min(max(place, half + 2), Self.width - half - 2)
            guard center - half > free else { continue }
            text(center, bottom + 18, tick.label, "middle")
            free = center + half + 4
        }
        for (index, series) in layout.data.series.enumerated() {
            let isSparse = series.values.count <= 60
            for run in layout.runs(series) {
                let points = run.map { "\(Self.number(x($0.x))),\(Self.number(y($0.y)))" }
                if run.count > 1 {
                    body.append(
                        "<polyline points=\"\(points.joined(separator: " "))\" fill=\"none\" stroke=\"\(Self.color(index))\" "
                            + "stroke-width=\"2\" stroke-linejoin=\"round\"/>")
                }
                guard isSparse || run.count == 1 else { continue }
                for point in run {
                    body.append(
                        "<circle cx=\"\(Self.number(x(point.x)))\" cy=\"\(Self.number(y(point.y)))\" r=\"2.5\" fill=\"\(Self.color(index))\"/>"
                    )
                }
            }
        }
        text(right, bottom + 36, layout.data.axisName, "end", "#777777")
        return foot(layout, below: bottom + 36)
    }

    private mutating func bars(_ layout: ChartLayout) -> Double {
        let left = 16 + min(220, Self.labelWidth(layout.data.labels))
        let right = Self.width - 70
        let top = head(layout, left: left)
        let thickness = layout.data.series.count > 1 ? 12.0 : 16.0
        let step = thickness * Double(layout.data.series.count) + 8
        let bottom = top + step * Double(layout.data.labels.count)
        func x(_ value: Double) -> Double { left + layout.values.place(value) * (right - left) }
        for tick in layout.values.ticks {
            rule(x(tick.value), top, x(tick.value), bottom, tick.value == 0 ? "#888888" : "#e0e0e0")
            text(x(tick.value), bottom + 16, tick.label, "middle")
        }
        for (place, label) in layout.data.labels.enumerated() {
            let y = top + step * Double(place) + 4
            text(left - 6, y + (step - 8) / 2 + 4, Self.cut(label, 32), "end")
            for (index, series) in layout.data.series.enumerated() {
                guard let value = series.values[place] else { continue }
                let (start, end) = (min(x(0), x(value)), max(x(0), x(value)))
                let line = y + Double(index) * thickness
                body.append(
                    "<rect x=\"\(Self.number(start))\" y=\"\(Self.number(line))\" width=\"\(Self.number(max(end - start, 0.5)))\" "
                        + "height=\"\(Self.number(thickness - 1))\" fill=\"\(Self.color(index))\"/>")
                // Beside the bar, and for a negative one on the other side of zero, where no name stands.
                text(max(end, x(0)) + 4, line + thickness / 2 + 3.5, TerminalBars.text(value), "start", "#555555")
            }
        }
        return foot(layout, below: bottom + 20)
    }

    private mutating func heat(_ layout: ChartLayout) -> Double {
        let left = 16 + min(180, Self.labelWidth(layout.data.labels))
        let names = layout.data.series.map(\.name)
        let cell = min(80, max(14, (Self.width - left - 24) / Double(max(names.count, 1))))
        let shown = names.indices.prefix(max(1, Int((Self.width - left - 24) / cell)))
        let height = 22.0
        let top = columnNames(shown.map { names[$0] }, left: left, below: head(layout, left: left), cell: cell)
        // Numbers in a few cells only would look as if the others had none.
        let written = shown.flatMap { layout.data.series[$0].values.compactMap { $0.map(TerminalBars.text) } }
        let hasNumbers = Self.labelWidth(written) < cell - 4
        for (place, label) in layout.data.labels.enumerated() {
            let y = top + height * Double(place)
            text(left - 6, y + height / 2 + 4, Self.cut(label, 26), "end")
            for index in shown {
                let value = layout.data.series[index].values[place]
                let x = left + cell * Double(index)
                let fill = value.map { Self.shade(layout.shade($0)) } ?? "none"
                body.append(
                    "<rect x=\"\(Self.number(x))\" y=\"\(Self.number(y))\" width=\"\(Self.number(cell - 1))\" height=\"\(height - 1)\" "
                        + "fill=\"\(fill)\"\(value == nil ? " stroke=\"#e0e0e0\"" : "")/>")
                guard hasNumbers, let value else { continue }
                text(
                    x + cell / 2, y + height / 2 + 4, TerminalBars.text(value), "middle",
                    layout.shade(value) > 0.5 ? "#ffffff" : "#333333")
            }
        }
        var bottom = top + height * Double(layout.data.labels.count)
        if shown.count < names.count {
            bottom += Self.lineHeight
            text(16, bottom, "(\(names.count - shown.count) of \(names.count) columns do not fit)", "start", "#777777")
        }
        if !hasNumbers { bottom = scale(layout.values, left: left, below: bottom + 8) }
        return foot(layout, below: bottom + 4, hasLegend: false)
    }

    /// The names above the columns of a heat map, upright where they have no room side by side; answers where the cells begin.
    private mutating func columnNames(_ names: [String], left: Double, below start: Double, cell: Double) -> Double {
        let isUpright = Self.labelWidth(names) > cell - 4
        let shown = names.map { Self.cut($0, 24) }
        let top = start + (isUpright ? Self.labelWidth(shown) : Self.lineHeight)
        for (index, name) in shown.enumerated() {
            let x = left + cell * (Double(index) + 0.5)
            if isUpright {
                let turn = "transform=\"rotate(-90 \(Self.number(x + 4)) \(Self.number(top - 6)))\""
                body.append(
                    "<text x=\"\(Self.number(x + 4))\" y=\"\(Self.number(top - 6))\" \(turn)>\(Self.escaped(name))</text>")
            } else {
                text(x, top - 6, name, "middle")
            }
        }
        return top
    }

    /// What the shades of a heat map mean, where no numbers say it; answers where it ends.
    private mutating func scale(_ values: ChartAxis, left: Double, below top: Double) -> Double {
        let (low, high) = (values.ticks.first?.label ?? "", values.ticks.last?.label ?? "")
        let start = left + Self.labelWidth([low]) + 6
        text(left, top + 12, low, "start")
        for step in 0..<8 {
            body.append(
                "<rect x=\"\(Self.number(start + Double(step) * 16))\" y=\"\(Self.number(top + 2))\" width=\"16\" height=\"12\" "
                    + "fill=\"\(Self.shade(Double(step) / 7))\"/>")
        }
        text(start + 8 * 16 + 6, top + 12, high, "start")
        return top + 16
    }

    // MARK: Around the plot

    private mutating func head(_ layout: ChartLayout, left: Double) -> Double {
        guard let title = layout.title else { return 20 }
        body.append(
            "<text x=\"16\" y=\"22\" font-weight=\"600\">\(Self.escaped(Self.cut(title, 100)))</text>")
        return 40
    }

    /// The legend and the notes; answers how high the picture is.
    private mutating func foot(_ layout: ChartLayout, below bottom: Double, hasLegend: Bool = true) -> Double {
        var y = bottom + 8
        if hasLegend, layout.hasLegend {
            y += Self.lineHeight
            var x = 16.0
            for (index, series) in layout.data.series.enumerated() {
                let name = Self.cut(series.name, 40)
                let length = 18 + Self.labelWidth([name]) + 12
                if x + length > Self.width { (x, y) = (16, y + Self.lineHeight) }
                body.append(
                    "<rect x=\"\(Self.number(x))\" y=\"\(Self.number(y - 9))\" width=\"12\" height=\"10\" fill=\"\(Self.color(index))\"/>"
                )
                text(x + 18, y, name, "start")
                x += length
            }
        }
        for note in layout.notes {
            y += Self.lineHeight
            text(16, y, "(\(note))", "start", "#777777")
        }
        return y + 12
    }

    // MARK: Pieces

    private mutating func rule(_ x1: Double, _ y1: Double, _ x2: Double, _ y2: Double, _ color: String) {
        let ends = [("x1", x1), ("y1", y1), ("x2", x2), ("y2", y2)].map { "\($0.0)=\"\(Self.number($0.1))\"" }
        body.append("<line \(ends.joined(separator: " ")) stroke=\"\(color)\"/>")
    }

    private mutating func text(_ x: Double, _ y: Double, _ text: String, _ anchor: String, _ color: String? = nil) {
        let fill = color.map { " fill=\"\($0)\"" } ?? ""
        let anchored = anchor == "start" ? "" : " text-anchor=\"\(anchor)\""
        body.append("<text x=\"\(Self.number(x))\" y=\"\(Self.number(y))\"\(anchored)\(fill)>\(Self.escaped(text))</text>")
    }

    private static func color(_ series: Int) -> String { colors[series % colors.count] }

    /// From a light to a dark blue.
    private static func shade(_ part: Double) -> String {
        let ends = [(222.0, 8.0), (235.0, 48.0), (247.0, 107.0)]
        let hex = Array("0123456789abcdef")
        return "#"
            + ends.map { light, dark in
                let value = Int((light + (dark - light) * min(max(part, 0), 1)).rounded())
                return "\(hex[value / 16])\(hex[value % 16])"
            }.joined()
    }

    /// About how wide the widest of some texts is.
    private static func labelWidth(_ texts: [String]) -> Double {
        Double(texts.map { DisplayWidth.of($0) }.max() ?? 0) * characterWidth
    }

    private static func cut(_ text: String, _ limit: Int) -> String {
        text.count <= limit ? text : String(text.prefix(limit - 1)) + "…"
    }

    /// A coordinate to a tenth of a pixel.
    private static func number(_ value: Double) -> String {
        let tenths = Int((value * 10).rounded())
        return tenths % 10 == 0 ? "\(tenths / 10)" : "\(tenths < 0 ? "-" : "")\(abs(tenths) / 10).\(abs(tenths) % 10)"
    }

    private static func escaped(_ text: String) -> String {
        var escaped = ""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "&": escaped += "&amp;"
            case "<": escaped += "&lt;"
            case ">": escaped += "&gt;"
            case "\"": escaped += "&quot;"
            // XML knows no other control characters.
            case _ where scalar.value < 32: escaped += " "
            default: escaped.unicodeScalars.append(scalar)
            }
        }
        return escaped
    }
}
