/// How a file separates its values.
package struct Dialect: Equatable {
    package var separator: UInt8
    /// The last byte of a line's end: LF, or CR where no line feed occurs.
    package var newline: UInt8

    package init(separator: UInt8, newline: UInt8) {
        self.separator = separator
        self.newline = newline
    }

    static let candidates: [UInt8] = [0x2c, 0x3b, 0x09, 0x7c]

    /// The dialect that the first rows speak for: the separator that gives the most rows the same number of values, above one.
    static func sniff(_ head: UnsafeBufferPointer<UInt8>, isComplete: Bool, prefersTab: Bool) -> Dialect {
        let newline: UInt8 = head.contains(0x0a) || !head.contains(0x0d) ? 0x0a : 0x0d
        var best = Dialect(separator: prefersTab ? 0x09 : 0x2c, newline: newline)
        var bestScore = 0.0
        for separator in candidates {
            let counts = valueCounts(head, separator: separator, newline: newline, isComplete: isComplete)
            guard let first = counts.first, first > 1 else { continue }
            let agreeing = counts.count { $0 == first }
            var score = Double(agreeing) / Double(counts.count) + Double(min(first, 50)) / 1000
            if prefersTab == (separator == 0x09) { score += 0.02 }
            if score > bestScore {
                best.separator = separator
                bestScore = score
            }
        }
        return best
    }

    /// How many values each of the first rows has.
    private static func valueCounts(
        _ head: UnsafeBufferPointer<UInt8>, separator: UInt8, newline: UInt8, isComplete: Bool
    ) -> [Int] {
        var counts: [Int] = []
        var position = 0
        while position < head.count, counts.count < 100 {
            let row = PlainRow.read(head, from: position, Dialect(separator: separator, newline: newline))
            // The last row may have been cut off.
            if row.next == head.count, !isComplete, !counts.isEmpty { break }
            if !row.isBlank { counts.append(row.values.count) }
            position = row.next
        }
        return counts
    }
}

/// One row, read byte by byte: for headers and for looking ahead, where speed does not matter.
struct PlainRow {
    var values: [[UInt8]] = []
    var next: Int
    /// Whether a quote was still open at the end.
    var isOpen = false
    var isBlank: Bool { values.count == 1 && values[0].isEmpty }

    static func read(_ bytes: UnsafeBufferPointer<UInt8>, from start: Int, _ dialect: Dialect) -> PlainRow {
        var row = PlainRow(next: bytes.count)
        var value: [UInt8] = []
        var isQuoted = false
        var atStart = true
        var i = start
        while i < bytes.count {
            let byte = bytes[i]
            i += 1
            if isQuoted {
                if byte != 0x22 {
                    value.append(byte)
                } else if i < bytes.count, bytes[i] == 0x22 {
                    value.append(byte)
                    i += 1
                } else {
                    isQuoted = false
                }
            } else if byte == 0x22, atStart {
                isQuoted = true
                atStart = false
            } else if byte == dialect.separator {
                row.values.append(value)
                value = []
                atStart = true
            } else if byte == dialect.newline {
                row.next = i
                break
            } else {
                value.append(byte)
                atStart = false
            }
        }
        if dialect.newline == 0x0a, value.last == 0x0d { value.removeLast() }
        row.values.append(value)
        row.isOpen = isQuoted
        return row
    }
}
