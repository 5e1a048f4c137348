/// The first line of a table, and what was odd about it.
struct DelimitedHeader {
    var names: [String] = []
    var problems: [DataProblem] = []
    /// Columns that had no name of their own.
    var unnamed: Set<Int> = []
    /// Where the rows begin.
    var dataStart: Int
    var dialect: Dialect

    /// Reads the header at the start of `head`; none where there is nothing but blank lines.
    init?(_ head: UnsafeBufferPointer<UInt8>, isComplete: Bool, prefersTab: Bool, origin: String) {
        var start = 0
        if head.starts(with: [0xef, 0xbb, 0xbf]) { start = 3 }
        var text = UnsafeBufferPointer(rebasing: head[start...])
        var declared: UInt8?
        // Excel's own way to name the separator.
        let line = PlainRow.read(text, from: 0, Dialect(separator: 0, newline: text.contains(0x0a) ? 0x0a : 0x0d))
        if line.values[0].count == 5, line.values[0].starts(with: "sep=".utf8) {
            declared = line.values[0][4]
            start += line.next
            text = UnsafeBufferPointer(rebasing: head[start...])
        }
        dialect = Dialect.sniff(text, isComplete: isComplete, prefersTab: prefersTab)
        if let declared { dialect.separator = declared }
        var position = 0
        var row: PlainRow
        repeat {
            guard position < text.count else { return nil }
            row = PlainRow.read(text, from: position, dialect)
            position = row.next
        } while row.isBlank
        dataStart = start + position
        takeNames(row, origin)
    }

    private mutating func takeNames(_ row: PlainRow, _ origin: String) {
        var seen: Set<String> = []
        var numeric = 0
        for (index, bytes) in row.values.enumerated() {
            if !bytes.withUnsafeBufferPointer({ $0.isEmpty || UTF8Check.validLength($0.baseAddress!, $0.count) == $0.count }) {
                problems.append(DataProblem(.invalidEncoding, origin: origin, lines: [1], detail: "not UTF-8"))
            }
            let written = trimmed(String(decoding: bytes, as: UTF8.self))
            var name = written
            if written.isEmpty {
                name = "column_\(index + 1)"
                unnamed.insert(index)
            }
            if Double(written) != nil { numeric += 1 }
            if seen.contains(name) {
                var suffix = 2
                while seen.contains("\(name)_\(suffix)") { suffix += 1 }
                let other = "\(name)_\(suffix)"
                problems.append(
                    DataProblem(
                        .duplicateHeader, origin: origin, column: name, lines: [1], detail: "the later is called `\(other)`"))
                name = other
            }
            seen.insert(name)
            names.append(name)
        }
        if numeric == row.values.count, numeric > 0 {
            problems.append(
                DataProblem(.suspectHeader, origin: origin, lines: [1], detail: names.prefix(3).joined(separator: ", ")))
        }
    }

    private func trimmed(_ text: String) -> String {
        var characters = Substring(text)
        while let first = characters.first, first.isWhitespace || first == "\u{feff}" { characters.removeFirst() }
        while let last = characters.last, last.isWhitespace { characters.removeLast() }
        return String(characters)
    }
}
