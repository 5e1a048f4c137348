import Columns
import Syntax
import Types

/// An aligned table for people: numbers at the right with as many decimals as the column needs, missing values as a dash, cut to the
/// width of the terminal, the middle of a long answer left out.
struct TableWriter {
    private static let gap = "  "
    private static let missing = "–"

    private let answer: Answer
    private let options: OutputOptions

    init(_ answer: Answer, _ options: OutputOptions) {
        self.answer = answer
        self.options = options
    }

    func write(to sink: ByteSink) throws(OutputError) {
        let rows = shownRows()
        var columns: [TableLayout.Column] = []
        for index in candidateColumns() {
            let isField = index < answer.fieldColumnCount
            columns.append(try textColumn(answer.columns[index], isField: isField, rows: rows.all, sink))
        }
        var layout = TableLayout(columns: columns)
        if let width = options.width { layout.fit(width: width) }
        if !layout.columns.isEmpty {
            if options.header { try writeHeader(layout, to: sink) }
            for index in rows.all.indices {
                if index == rows.gapPosition { try writeGap(count: answer.rowCount - rows.all.count, to: sink) }
                try writeRow(layout, index, to: sink)
            }
        }
        try writeLeftOut(layout, to: sink)
    }

    // MARK: Rows and columns to show

    private func shownRows() -> (all: [Int], gapPosition: Int?) {
        guard let limit = options.rowLimit, answer.rowCount > max(limit, 2) else { return (Array(0..<answer.rowCount), nil) }
        let head = (max(limit, 2) + 1) / 2
        let tail = max(limit, 2) - head
        return (Array(0..<head) + Array((answer.rowCount - tail)..<answer.rowCount), head)
    }

    /// A listing of whole records in a terminal leaves out the fields in which nothing is known.
    private func candidateColumns() -> [Int] {
        guard answer.fieldColumnCount > 0, options.width != nil, answer.rowCount > 0 else { return Array(answer.columns.indices) }
        return answer.columns.indices.filter { index in
            if index >= answer.fieldColumnCount { return true }
            let values = answer.columns[index].values
            return (0..<answer.rowCount).contains { !values.showsMissing($0) }
        }
    }

    private func textColumn(
        _ column: Answer.Column, isField: Bool, rows: [Int], _ sink: ByteSink
    ) throws(OutputError) -> TableLayout.Column {
        var cells: [String?] = []
        cells.reserveCapacity(rows.count)
        for row in rows {
            if cells.count & 4095 == 4095 { try sink.checkCancelled() }
            guard !column.values.showsMissing(row) else {
                cells.append(nil)
                continue
            }
            var bytes: [UInt8] = []
            appendCell(column.values, row, to: &bytes)
            cells.append(printable(String(decoding: bytes, as: UTF8.self)))
        }
        if case .number = column.type { alignDecimals(&cells, isExact: column.values.isExactNumber) }
        return TableLayout.Column(
            name: printable(column.name), cells: cells, isRight: column.type.isAlignedRight,
            isCuttable: !column.type.isAlignedRight, isField: isField)
    }

    /// Gives all numbers of a column the same count of decimals: for doubles at most four, or as many as the smallest of them needs. Zeros
    /// are added only to what has no more digits.
    private func alignDecimals(_ cells: inout [String?], isExact: Bool) {
        func decimals(_ text: String) -> Int? {
            guard !text.contains("e") else { return nil }
            guard let point = text.firstIndex(of: ".") else { return 0 }
            return text.distance(from: point, to: text.endIndex) - 1
        }
        /// A small number keeps four significant digits.
        func places(_ text: String) -> Int {
            guard let point = text.firstIndex(of: "."), text[..<point].allSatisfy({ $0 == "0" || $0 == "-" }) else { return 4 }
            return text[text.index(after: point)...].prefix { $0 == "0" }.count + 4
        }
        let most = cells.compactMap { cell in cell.flatMap { decimals(isExact ? $0 : rounded($0, to: places($0))) } }.max() ?? 0
        cells = cells.map { cell in
            guard let cell = isExact ? cell : cell.map({ rounded($0, to: most) }), let own = decimals(cell) else { return cell }
            return own == most ? cell : cell + (own == 0 ? "." : "") + String(repeating: "0", count: most - own)
        }
    }

    /// Rounds a decimal text half away from zero.
    private func rounded(_ text: String, to kept: Int) -> String {
        guard !text.contains("e"), let point = text.firstIndex(of: ".") else { return text }
        let fraction = text[text.index(after: point)...]
        guard fraction.count > kept else { return text }
        var digits = Array(text.utf8)
        let end = digits.count - fraction.count + kept
        let roundsUp = digits[end] >= UInt8(ascii: "5")
        digits.removeSubrange(end...)
        if roundsUp { Self.increment(&digits) }
        while digits.last == UInt8(ascii: "0") { digits.removeLast() }
        if digits.last == UInt8(ascii: ".") { digits.removeLast() }
        return String(decoding: digits, as: UTF8.self)
    }

    private static func increment(_ digits: inout [UInt8]) {
        var index = digits.count - 1
        while index >= 0 {
            switch digits[index] {
            case UInt8(ascii: "9"): digits[index] = UInt8(ascii: "0")
            case UInt8(ascii: "0")..<UInt8(ascii: "9"):
                digits[index] += 1
                return
            case UInt8(ascii: "-"):
                digits.insert(UInt8(ascii: "1"), at: index + 1)
                return
            default: break
            }
            index -= 1
        }
        digits.insert(UInt8(ascii: "1"), at: 0)
    }

    // MARK: Lines

    private func writeHeader(_ layout: TableLayout, to sink: ByteSink) throws(OutputError) {
        var line = ""
        for (index, column) in layout.columns.enumerated() {
            if index > 0 { line += Self.gap }
            line += layout.padded(column.name, column, isLast: index == layout.columns.count - 1)
        }
        try sink.write(styled(line, "1") + "\n")
        try sink.write(layout.columns.map { String(repeating: "─", count: $0.width) }.joined(separator: Self.gap) + "\n")
    }

    private func writeRow(_ layout: TableLayout, _ index: Int, to sink: ByteSink) throws(OutputError) {
        var line = ""
        for (position, column) in layout.columns.enumerated() {
            if position > 0 { line += Self.gap }
            let isLast = position == layout.columns.count - 1
            if let cell = column.cells[index] {
                line += layout.padded(cell, column, isLast: isLast)
            } else {
                line += styled(layout.padded(Self.missing, column, isLast: isLast), "2")
            }
        }
        try sink.write(line + "\n")
    }

    private func writeGap(count: Int, to sink: ByteSink) throws(OutputError) {
        try sink.write(styled("… \(grouped(count)) more \(count == 1 ? "row" : "rows") …", "2") + "\n")
    }

    private func writeLeftOut(_ layout: TableLayout, to sink: ByteSink) throws(OutputError) {
        // Of an answer without rows nothing was lost.
        guard !layout.leftOut.isEmpty, answer.rowCount > 0 else { return }
        let noun = layout.leftOut.count == 1 ? "column does" : "columns do"
        var text = "\(layout.leftOut.count) \(noun) not fit: \(layout.leftOut[0])"
        for (index, name) in layout.leftOut.enumerated().dropFirst() {
            guard index < 6, DisplayWidth.of(text) + DisplayWidth.of(name) + 5 <= options.width ?? Int.max else {
                text += ", …"
                break
            }
            text += ", " + name
        }
        try sink.write(styled(text, "2") + "\n")
    }

    private func styled(_ text: String, _ code: String) -> String {
        options.color ? "\u{1B}[\(code)m\(text)\u{1B}[0m" : text
    }
}

/// Replaces what would break a line or drive the terminal: line breaks become a sign, other control characters U+FFFD.
public func printable(_ text: String) -> String {
    guard text.unicodeScalars.contains(where: { $0.value < 0x20 || (0x7F..<0xA0).contains($0.value) }) else { return text }
    var result = ""
    for scalar in text.unicodeScalars {
        switch scalar.value {
        case 0x0A: result += "↵"
        case 0x0D: break
        case 0x09: result += " "
        case 0..<0x20, 0x7F..<0xA0: result += "\u{FFFD}"
        default: result.unicodeScalars.append(scalar)
        }
    }
    return result
}

/// `1234567` as `1,234,567`.
public func grouped(_ count: Int) -> String {
    let digits = String(count.magnitude)
    var result = ""
    for (index, digit) in digits.enumerated() {
        if index > 0, (digits.count - index) % 3 == 0 { result += "," }
        result.append(digit)
    }
    return (count < 0 ? "-" : "") + result
}

extension Vector {
    fileprivate var isExactNumber: Bool {
        if case .double = storage { false } else { true }
    }
}
