import CKernels

/// Finds the values of rows in a window of a file: 64 bytes at a time, looking at separators, line ends and quotes only.
///
/// A value that begins with a quote ends at the next single quote (RFC 4180); a quote elsewhere is a character like any other. Text
/// behind a closing quote is taken in and reported, and a quote that is never closed is taken as a character and reported.
package final class FieldScanner {
    package enum Ending {
        /// All rows that begin before the limit are there; the next row begins here.
        case complete(next: Int)
        /// The window ends within a row.
        case needsMore
    }

    private let dialect: Dialect
    let columnCount: Int
    private let longestQuoted: Int
    /// The rows found, `columnCount` fields each.
    private let fields = Growing<Field>(capacity: 1 << 14)
    package private(set) var rowCount = 0
    private(set) var findings = RowFindings()

    // The window at work.
    private var bytes: UnsafeMutablePointer<UInt8>
    private var end = 0
    private var isLast = false
    private var offset = 0
    /// The fields of the row at work, and where it starts.
    private var column = 0
    /// Values behind those of the header are kept too, up to here, to see what became of the row.
    private var storable: Int { columnCount &+ 64 }
    private var rowStart = 0

    package init(dialect: Dialect, columnCount: Int, longestQuoted: Int) {
        self.dialect = dialect
        self.columnCount = columnCount
        self.longestQuoted = longestQuoted
        bytes = fields.base.withMemoryRebound(to: UInt8.self, capacity: 1) { $0 }
    }

    var batch: FieldBatch {
        FieldBatch(bytes: bytes, fields: fields.base, columnCount: columnCount, rowCount: rowCount)
    }

    /// Finds the rows that begin in `start..<limit` of the window. `offset` is where the window lies in the file, and `isLast` says
    /// that the file ends with it. Quoted values are unquoted in place.
    package func scan(
        _ window: UnsafeMutablePointer<UInt8>, end: Int, isLast: Bool, offset: Int, start: Int, limit: Int
    ) -> Ending {
        bytes = window
        self.end = end
        self.isLast = isLast
        self.offset = offset
        rowCount = 0
        fields.count = 0
        findings = RowFindings()
        guard start < limit else { return .complete(next: start) }
        return run(from: start, limit: limit)
    }

    /// The loop keeps what it counts in local variables, which the compiler holds in registers, and hands it over where it calls others.
    private func run(from start: Int, limit: Int) -> Ending {
        let (separator, newline) = (dialect.separator, dialect.newline)
        let (bytes, end, storable, lastColumn) = (bytes, end, storable, columnCount &- 1)
        rowStart = start
        fields.reserve(storable)
        var row = fields.base
        var column = 0
        var fieldStart = start
        var block = start
        var mask = blockMask(block)
        while true {
            if mask == 0 {
                block &+= 64
                if block >= end { break }
                mask = blockMask(block)
                continue
            }
            let position = block &+ mask.trailingZeroBitCount
            mask &= mask &- 1
            let byte = bytes[position]
            if byte == separator {
                if column < storable { row[column] = Field(fieldStart, position) }
                column &+= 1
                fieldStart = position &+ 1
            } else if byte == newline {
                let last = newline == 0x0a && position > fieldStart && bytes[position &- 1] == 0x0d ? position &- 1 : position
                if column == lastColumn, column > 0 {
                    row[column] = Field(fieldStart, last)
                    nextRow()
                } else {
                    self.column = column
                    endRow(fieldStart, last)
                }
                row = fields.base + fields.count
                column = 0
                fieldStart = position &+ 1
                if fieldStart >= limit { return .complete(next: fieldStart) }
                rowStart = fieldStart
            } else if position == fieldStart {
                self.column = column
                guard let next = quoted(position) else { return .needsMore }
                if next == end { return finish(end, hasValue: false) }
                if next == position { continue }
                column &+= 1
                fieldStart = next &+ 1
                if bytes[next] != separator {
                    endStoredRow()
                    row = fields.base + fields.count
                    column = 0
                    if fieldStart >= limit { return .complete(next: fieldStart) }
                    rowStart = fieldStart
                }
                block = fieldStart
                if block >= end { break }
                mask = blockMask(block)
            }
        }
        self.column = column
        return finish(fieldStart, hasValue: true)
    }

    @inline(__always)
    private func blockMask(_ block: Int) -> UInt64 {
        let mask = crmq_mask64(bytes + block, dialect.separator, dialect.newline, 0x22)
        let rest = end &- block
        return rest >= 64 ? mask : mask & ((1 &<< UInt64(truncatingIfNeeded: rest)) &- 1)
    }

    /// The window ends. Without a line's end behind it the last row still counts, if the file ends too.
    private func finish(_ fieldStart: Int, hasValue: Bool) -> Ending {
        guard isLast else { return .needsMore }
        if hasValue {
            if fieldStart < end || column > 0 { endRow(fieldStart, end) }
        } else {
            endStoredRow()
        }
        return .complete(next: end)
    }

    /// Ends the row with a value that was not quoted; a blank line is none.
    @inline(never)
    private func endRow(_ fieldStart: Int, _ fieldEnd: Int) {
        if column == 0, fieldStart == fieldEnd { return }
        store(fieldStart, fieldEnd)
        endStoredRow()
    }

    /// Ends the row whose values are all stored already.
    private func endStoredRow() {
        if column < columnCount {
            findings.ragged.note(offset + rowStart, detail: "\(column) instead of \(columnCount) values")
            for missing in column..<columnCount { fields.base[fields.count + missing] = Field(rowStart, rowStart) }
        } else if column > columnCount {
            endLongRow()
        }
        nextRow()
    }

    private func endLongRow() {
        if joinAtBlanks() {
            findings.repaired.note(offset + rowStart, detail: "a separator within a value without quotes")
            return
        }
        let row = fields.base + fields.count
        var extraValues = max(0, column - storable)
        for extra in columnCount..<min(column, storable) where row[extra].length > 0 { extraValues += 1 }
        // Separators alone, at the end of a row, hold nothing.
        guard extraValues > 0 else { return }
        findings.ragged.note(offset + rowStart, detail: "\(column) instead of \(columnCount) values")
        findings.extraValues += extraValues
    }

    /// Puts values together where exactly as many separators as are too many have a blank behind them, as in `Main Street, 5`:
    /// whoever wrote the file forgot the quotes. Returns false where that does not settle it.
    private func joinAtBlanks() -> Bool {
        guard column <= storable else { return false }
        let row = fields.base + fields.count
        func isJoint(_ index: Int) -> Bool {
            let left = Int(row[index - 1].end)
            return row[index].length > 0 && row[index].start == left + 1 && bytes[left] == dialect.separator
                && bytes[left + 1] == 0x20
        }
        guard (1..<column).count(where: isJoint) == column - columnCount else { return false }
        var target = 0
        for index in 1..<column {
            if isJoint(index) {
                row[target].end = row[index].end
            } else {
                target += 1
                row[target] = row[index]
            }
        }
        return true
    }

    @inline(__always)
    private func nextRow() {
        column = 0
        rowCount &+= 1
        fields.count &+= columnCount
        fields.reserve(fields.count &+ storable)
    }
}

// MARK: Quotes

extension FieldScanner {
    /// Stores the quoted value that opens at `open` and returns where the separator or line end behind it stands (a line feed, not
    /// the carriage return before it), `end` at the end of the file, or `open` itself if the quote is never closed. None if the
    /// window ends first.
    private func quoted(_ open: Int) -> Int? {
        var position = open + 1
        var hasEscapes = false
        while true {
            guard let close = nextQuote(position) else {
                if !isLast && end - open < longestQuoted { return nil }
                return neverClosed(open)
            }
            if close - open > longestQuoted { return neverClosed(open) }
            if close + 1 < end, bytes[close + 1] == 0x22 {
                hasEscapes = true
                position = close + 2
                continue
            }
            if close + 1 >= end, !isLast { return nil }
            return closed(open, close, hasEscapes)
        }
    }

    private func neverClosed(_ open: Int) -> Int {
        findings.brokenQuotes.note(offset + open, detail: "a quote that is never closed")
        return open
    }

    /// The position of the first quote from `start` on.
    @inline(__always)
    private func nextQuote(_ start: Int) -> Int? {
        var block = start
        while block < end {
            var mask = crmq_mask64(bytes + block, 0x22, 0x22, 0x22)
            if end - block < 64 { mask &= (1 &<< UInt64(truncatingIfNeeded: end &- block)) &- 1 }
            if mask != 0 { return block + mask.trailingZeroBitCount }
            block += 64
        }
        return nil
    }

    private func closed(_ open: Int, _ close: Int, _ hasEscapes: Bool) -> Int? {
        var next = close + 1
        if next + 1 < end, bytes[next] == 0x0d, bytes[next + 1] == dialect.newline {
            next += 1
        } else if next + 1 >= end, next < end, bytes[next] == 0x0d, dialect.newline == 0x0a {
            if !isLast { return nil }
            next = end
        }
        let ends = next >= end || bytes[next] == dialect.separator || bytes[next] == dialect.newline
        guard ends else { return closedWithTail(open, close) }
        let length = hasEscapes ? Self.unescape(bytes + open + 1, close - open - 1) : close - open - 1
        store(open + 1, open + 1 + length)
        return next
    }

    /// Text behind the closing quote: the value goes on to the next separator or line end, and further quotes are kept.
    private func closedWithTail(_ open: Int, _ close: Int) -> Int? {
        var next = close + 1
        while next < end, bytes[next] != dialect.separator, bytes[next] != dialect.newline { next += 1 }
        if next >= end, !isLast { return nil }
        findings.brokenQuotes.note(offset + open, detail: "text behind a closing quote")
        let inner = Self.unescape(bytes + open + 1, close - open - 1)
        var tail = next - close - 1
        if dialect.newline == 0x0a, next < end, bytes[next] == dialect.newline, tail > 0, bytes[next - 1] == 0x0d { tail -= 1 }
        let target = bytes + open + 1 + inner
        for index in 0..<tail { target[index] = bytes[close + 1 + index] }
        store(open + 1, open + 1 + inner + tail)
        return next
    }

    private func store(_ start: Int, _ end: Int) {
        if column < storable { fields.base[fields.count + column] = Field(start, end) }
        column += 1
    }

    /// Makes one quote of each two, in place, and returns the new length.
    private static func unescape(_ p: UnsafeMutablePointer<UInt8>, _ n: Int) -> Int {
        var target = 0
        var i = 0
        while i < n {
            p[target] = p[i]
            target += 1
            i += p[i] == 0x22 && i + 1 < n && p[i + 1] == 0x22 ? 2 : 1
        }
        return target
    }
}

/// What was odd about the rows of a part of a file. Places are offsets into the file; they become line numbers at the end.
struct RowFindings: Sendable {
    struct Places: Sendable {
        var count = 0
        var offsets: [Int] = []
        var detail: String?

        /// `detail` is kept of the first only, and so worded only then.
        mutating func note(_ offset: Int, detail: @autoclosure () -> String) {
            if count == 0 { self.detail = detail() }
            if offsets.count < 5 { offsets.append(offset) }
            count += 1
        }

        mutating func merge(_ other: Places) {
            if count == 0 { detail = other.detail }
            offsets.append(contentsOf: other.offsets.prefix(max(0, 5 - offsets.count)))
            count += other.count
        }
    }
    var ragged = Places()
    var repaired = Places()
    var extraValues = 0
    var brokenQuotes = Places()

    mutating func merge(_ other: RowFindings) {
        ragged.merge(other.ragged)
        repaired.merge(other.repaired)
        extraValues += other.extraValues
        brokenQuotes.merge(other.brokenQuotes)
    }
}
