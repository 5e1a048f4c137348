import Columns

/// CSV as in RFC 4180 (lines end in LF, as Unix tools expect), or TSV whose tabs, line breaks and backslashes are written `\t`, `\n`,
/// `\r` and `\\`, so that a line is always a row and `cut -f` always finds its column. Missing values are empty.
struct DelimitedWriter {
    enum Dialect { case csv, tsv }
    let dialect: Dialect
    let header: Bool

    func write(_ answer: Answer, to sink: ByteSink) throws(OutputError) {
        var cell: [UInt8] = []
        if header {
            for (index, column) in answer.columns.enumerated() {
                cell.removeAll(keepingCapacity: true)
                cell.append(contentsOf: column.name.utf8)
                try write(cell, isFirst: index == 0, isText: false, to: sink)
            }
            try sink.write(UInt8(ascii: "\n"))
        }
        for row in 0..<answer.rowCount {
            for (index, column) in answer.columns.enumerated() {
                cell.removeAll(keepingCapacity: true)
                appendCell(column.values, row, to: &cell)
                // An empty text is quoted in CSV, so that it differs from a missing value.
                try write(cell, isFirst: index == 0, isText: !column.values.showsMissing(row), to: sink)
            }
            try sink.write(UInt8(ascii: "\n"))
        }
    }

    private func write(_ cell: [UInt8], isFirst: Bool, isText: Bool, to sink: ByteSink) throws(OutputError) {
        try sink.append { bytes in
            switch dialect {
            case .csv:
                if !isFirst { bytes.append(UInt8(ascii: ",")) }
                appendQuoted(cell, isText: isText, to: &bytes)
            case .tsv:
                if !isFirst { bytes.append(UInt8(ascii: "\t")) }
                appendEscaped(cell, to: &bytes)
            }
        }
    }

    private func appendQuoted(_ cell: [UInt8], isText: Bool, to bytes: inout [UInt8]) {
        let needsQuotes =
            (cell.isEmpty && isText)
            || cell.contains { byte in
                byte == UInt8(ascii: ",") || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\n")
                    || byte == UInt8(ascii: "\r")
            }
        guard needsQuotes else { return bytes.append(contentsOf: cell) }
        bytes.append(UInt8(ascii: "\""))
        for byte in cell {
            if byte == UInt8(ascii: "\"") { bytes.append(byte) }
            bytes.append(byte)
        }
        bytes.append(UInt8(ascii: "\""))
    }

    private func appendEscaped(_ cell: [UInt8], to bytes: inout [UInt8]) {
        for byte in cell {
            switch byte {
            case UInt8(ascii: "\t"): bytes.append(contentsOf: "\\t".utf8)
            case UInt8(ascii: "\n"): bytes.append(contentsOf: "\\n".utf8)
            case UInt8(ascii: "\r"): bytes.append(contentsOf: "\\r".utf8)
            case UInt8(ascii: "\\"): bytes.append(contentsOf: "\\\\".utf8)
            default: bytes.append(byte)
            }
        }
    }
}
