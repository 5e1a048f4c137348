import Columns
import Types

/// A table in GitHub's Markdown; numbers are aligned right, and what would break a cell is escaped.
struct MarkdownWriter {
    func write(_ answer: Answer, to sink: ByteSink) throws(OutputError) {
        guard !answer.columns.isEmpty else { return }
        var line = "|"
        var rule = "|"
        for column in answer.columns {
            line += " " + escaped(column.name) + " |"
            rule += column.type.isAlignedRight ? " ---: |" : " --- |"
        }
        try sink.write(line + "\n" + rule + "\n")
        for row in 0..<answer.rowCount {
            try sink.write("|")
            for column in answer.columns {
                var cell: [UInt8] = []
                appendCell(column.values, row, to: &cell)
                try sink.write(" " + escaped(String(decoding: cell, as: UTF8.self)) + " |")
            }
            try sink.write("\n")
        }
    }

    private func escaped(_ text: String) -> String {
        var result = ""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "|": result += "\\|"
            case "\\": result += "\\\\"
            case "\n": result += "<br>"
            case "\r": break
            case "<": result += "&lt;"
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result
    }
}

extension ValueType {
    /// Numbers and lengths of time line up at their right ends.
    var isAlignedRight: Bool {
        switch self {
        case .number, .duration: true
        default: false
        }
    }
}
