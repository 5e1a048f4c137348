import Columns
import Types

/// A JSON array of objects, one a line, or JSON Lines. Keys are the names of the columns; numbers are written exactly; dates, instants,
/// periods and durations are texts; a nested answer is an array of objects; missing values are `null`.
struct JSONWriter {
    let isLines: Bool

    func write(_ answer: Answer, to sink: ByteSink) throws(OutputError) {
        let columns = answer.columns.map { (key: quoted($0.name), values: $0.values) }
        if !isLines { try sink.write(answer.rowCount == 0 ? "[" : "[\n") }
        for row in 0..<answer.rowCount {
            try sink.append { bytes in
                if !isLines { bytes.append(contentsOf: "  ".utf8) }
                appendObject(columns, row, to: &bytes)
                if !isLines, row + 1 < answer.rowCount { bytes.append(UInt8(ascii: ",")) }
                bytes.append(UInt8(ascii: "\n"))
            }
        }
        if !isLines { try sink.write("]\n") }
    }

    fileprivate func appendObject(_ columns: [(key: [UInt8], values: Vector)], _ row: Int, to bytes: inout [UInt8]) {
        bytes.append(UInt8(ascii: "{"))
        for (index, column) in columns.enumerated() {
            if index > 0 { bytes.append(UInt8(ascii: ",")) }
            bytes.append(contentsOf: column.key)
            bytes.append(UInt8(ascii: ":"))
            appendValue(column.values, row, to: &bytes)
        }
        bytes.append(UInt8(ascii: "}"))
    }

    fileprivate func appendValue(_ values: Vector, _ row: Int, to bytes: inout [UInt8]) {
        switch values.storage {
        case .list(let segments, let elements):
            appendArray(elementRange(segments, row), to: &bytes) { index, bytes in appendValue(elements, index, to: &bytes) }
        case .table(let segments, let columns):
            let keyed = columns.map { (key: quoted($0.name), values: $0.values) }
            appendArray(elementRange(segments, row), to: &bytes) { index, bytes in appendObject(keyed, index, to: &bytes) }
        case .bool, .decimal, .double:
            if values.isPresent(row) { values.appendText(of: row, to: &bytes) } else { bytes.append(contentsOf: "null".utf8) }
        default:
            guard values.isPresent(row) else { return bytes.append(contentsOf: "null".utf8) }
            var text: [UInt8] = []
            values.appendText(of: row, to: &text)
            appendJSONText(text, to: &bytes)
        }
    }

    private func appendArray(_ range: Range<Int>, to bytes: inout [UInt8], element: (Int, inout [UInt8]) -> Void) {
        bytes.append(UInt8(ascii: "["))
        for index in range {
            if index > range.lowerBound { bytes.append(UInt8(ascii: ",")) }
            element(index, &bytes)
        }
        bytes.append(UInt8(ascii: "]"))
    }

    private func quoted(_ text: String) -> [UInt8] {
        var bytes: [UInt8] = []
        appendJSONText(Array(text.utf8), to: &bytes)
        return bytes
    }
}

/// A cell as JSON.
public func appendJSON(of values: Vector, _ row: Int, to bytes: inout [UInt8]) {
    JSONWriter(isLines: false).appendValue(values, row, to: &bytes)
}

/// A text as a JSON string.
public func appendJSONText(_ text: [UInt8], to bytes: inout [UInt8]) {
    bytes.append(UInt8(ascii: "\""))
    for byte in text {
        switch byte {
        case UInt8(ascii: "\""): bytes.append(contentsOf: "\\\"".utf8)
        case UInt8(ascii: "\\"): bytes.append(contentsOf: "\\\\".utf8)
        case UInt8(ascii: "\n"): bytes.append(contentsOf: "\\n".utf8)
        case UInt8(ascii: "\r"): bytes.append(contentsOf: "\\r".utf8)
        case UInt8(ascii: "\t"): bytes.append(contentsOf: "\\t".utf8)
        case 0..<0x20:
            let digits = Array("0123456789abcdef".utf8)
            bytes.append(contentsOf: "\\u00".utf8)
            bytes.append(digits[Int(byte >> 4)])
            bytes.append(digits[Int(byte & 15)])
        default: bytes.append(byte)
        }
    }
    bytes.append(UInt8(ascii: "\""))
}
