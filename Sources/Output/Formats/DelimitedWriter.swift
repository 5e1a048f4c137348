import Columns

/// CSV as in RFC 4180 (lines end in LF, as Unix tools expect), or TSV whose tabs, line breaks and backslashes are written `\t`, `\n`,
/// `\r` and `\\`, so that a line is always a row and `cut -f` always finds its column. Missing values are empty.
struct DelimitedWriter {
    enum Dialect { case csv, tsv }
    let dialect: Dialect
    let header: Bool

    func write(_ answer: Answer, to sink: ByteSink) throws(OutputError) {
        if header {
            try sink.append { bytes in
                for (index, column) in answer.columns.enumerated() {
                    if index > 0 { bytes.append(separator) }
                    let start = bytes.count
                    bytes.append(contentsOf: column.name.utf8)
                    protect(&bytes, from: start, isMissing: true)
                }
                bytes.append(UInt8(ascii: "\n"))
            }
        }
        let columns = answer.columns.map { Cells($0.values) }
        // `columns` keeps them; counting references for every cell would cost as much as writing it.
        let cells = columns.map { Unmanaged.passUnretained($0) }
        try withExtendedLifetime(columns) { () throws(OutputError) in
            try sink.append(rows: answer.rowCount) { row, bytes in
                for index in cells.indices {
                    if index > 0 { bytes.append(separator) }
                    cells[index]._withUnsafeGuaranteedRef { append($0, row, to: &bytes) }
                }
                bytes.append(UInt8(ascii: "\n"))
            }
        }
    }

    @inline(__always)
    private func append(_ cells: Cells, _ row: Int, to bytes: inout [UInt8]) {
        let start = bytes.count
        cells.append(row, to: &bytes)
        guard !cells.arePlain else { return }
        // An empty text is quoted in CSV, so that it differs from a missing value.
        protect(&bytes, from: start, isMissing: bytes.count == start && cells.showsMissing(row))
    }

    private var separator: UInt8 {
        switch dialect {
        case .csv: UInt8(ascii: ",")
        case .tsv: UInt8(ascii: "\t")
        }
    }

    /// Quotes or escapes a cell, which is what stands from `start` on, where it has to be.
    @inline(__always)
    private func protect(_ bytes: inout [UInt8], from start: Int, isMissing: Bool) {
        if needsProtection(bytes, from: start) || (dialect == .csv && !isMissing && bytes.count == start) {
            rewrite(&bytes, from: start)
        }
    }

    private func rewrite(_ bytes: inout [UInt8], from start: Int) {
        let cell = Array(bytes[start...])
        bytes.removeSubrange(start...)
        switch dialect {
        case .csv: appendQuoted(cell, to: &bytes)
        case .tsv: appendEscaped(cell, to: &bytes)
        }
    }

    @inline(__always)
    private func needsProtection(_ bytes: [UInt8], from start: Int) -> Bool {
        let (first, second) = dialect == .csv ? (UInt8(ascii: ","), UInt8(ascii: "\"")) : (UInt8(ascii: "\t"), UInt8(ascii: "\\"))
        return bytes.withUnsafeBufferPointer { bytes in
            var index = start
            while index < bytes.count {
                let byte = bytes[index]
                if byte == first || byte == second || byte == UInt8(ascii: "\n") || byte == UInt8(ascii: "\r") { return true }
                index &+= 1
            }
            return false
        }
    }

    private func appendQuoted(_ cell: [UInt8], to bytes: inout [UInt8]) {
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
