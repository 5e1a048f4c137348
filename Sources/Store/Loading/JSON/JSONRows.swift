/// Reads the objects of a JSON text as rows: objects one after another (JSON Lines), an array of objects, or an object that holds
/// one such array.
final class JSONRows {
    /// Keeps `bytes` alive.
    private let text: Growing<UInt8>
    private let bytes: UnsafeBufferPointer<UInt8>
    private let context: LoadContext
    private let table: RowTable
    private let batcher = RowBatcher()
    private let scratch = Growing<UInt8>()
    /// Columns by the path of member names, so that a name is made once only.
    private var columns: [[UInt8]: Int] = [:]
    private(set) var faults = RowFindings.Places()
    private(set) var nonObjects = RowFindings.Places()
    /// Columns whose arrays hold more than plain values, with how often.
    private(set) var unsupported: [String: Int] = [:]

    init(_ text: Growing<UInt8>, table: RowTable, context: LoadContext) {
        self.text = text
        bytes = UnsafeBufferPointer(start: text.base, count: text.count)
        self.table = table
        self.context = context
    }

    /// Goes through all rows, handing them over in batches.
    func read(_ use: (FieldBatch) -> Void) throws(LoadError) {
        faults = RowFindings.Places()
        nonObjects = RowFindings.Places()
        unsupported = [:]
        var scanner = JSONScanner(bytes: bytes, position: bytes.starts(with: [0xef, 0xbb, 0xbf]) ? 3 : 0)
        scanner.skipSpace()
        if scanner.current == 0x5b {
            try readArray(&scanner, use)
        } else if let array = wrappedArray(scanner) {
            scanner.position = array
            try readArray(&scanner, use)
        } else {
            try readLines(&scanner, use)
        }
        batcher.flush(columnCount: table.headers.count, to: use)
    }

    /// The position of the array where the text is one object with exactly one member that is an array of objects.
    private func wrappedArray(_ start: JSONScanner) -> Int? {
        var scanner = start
        guard scanner.current == 0x7b else { return nil }
        scanner.position += 1
        var arrays: [Int] = []
        var isFirst = true
        do throws(JSONFault) {
            while try scanner.hasNext(isFirst: &isFirst, close: 0x7d) {
                scratch.count = 0
                try scanner.string(into: scratch)
                scanner.skipSpace()
                try scanner.expect(0x3a)
                scanner.skipSpace()
                var inner = scanner
                if inner.current == 0x5b {
                    inner.position += 1
                    inner.skipSpace()
                    if inner.current == 0x7b { arrays.append(scanner.position) }
                }
                // Another array settles it, and so does the end of the first object of several.
                if arrays.count > 1 { return nil }
                try scanner.skipValue(depth: 1, scratch)
            }
        } catch {
            // A broken array of rows still gives the rows before the break.
            return arrays.count == 1 ? arrays[0] : nil
        }
        scanner.skipSpace()
        return arrays.count == 1 && scanner.position == bytes.count ? arrays[0] : nil
    }

    private func readArray(_ scanner: inout JSONScanner, _ use: (FieldBatch) -> Void) throws(LoadError) {
        scanner.position += 1
        var isFirst = true
        do throws(JSONFault) {
            while try scanner.hasNext(isFirst: &isFirst, close: 0x5d) {
                try readElement(&scanner)
                if batcher.isFull { batcher.flush(columnCount: table.headers.count, to: use) }
            }
        } catch {
            // Within an array nothing marks where the next row begins.
            batcher.dropRow()
            faults.note(error.offset, detail: "\(error.reason); what follows was not read")
        }
        try context.check()
    }

    private func readLines(_ scanner: inout JSONScanner, _ use: (FieldBatch) -> Void) throws(LoadError) {
        while true {
            scanner.skipSpace()
            if scanner.position >= bytes.count { return }
            let start = scanner.position
            do throws(JSONFault) {
                try readElement(&scanner)
            } catch {
                batcher.dropRow()
                faults.note(error.offset, detail: error.reason)
                // The next line is a new start.
                scanner.position = start
                while scanner.position < bytes.count, bytes[scanner.position] != 0x0a { scanner.position += 1 }
            }
            if batcher.isFull {
                batcher.flush(columnCount: table.headers.count, to: use)
                try context.check()
            }
        }
    }

    private func readElement(_ scanner: inout JSONScanner) throws(JSONFault) {
        guard scanner.current == 0x7b else {
            let offset = scanner.position
            try scanner.skipValue(depth: 0, scratch)
            nonObjects.note(offset, detail: "an element that is no object")
            return
        }
        try readObject(&scanner, path: [], depth: 0)
        batcher.endRow()
    }

    private func readObject(_ scanner: inout JSONScanner, path: [UInt8], depth: Int) throws(JSONFault) {
        guard depth < JSONScanner.deepest else { throw scanner.fault("more than \(JSONScanner.deepest) levels") }
        try scanner.expect(0x7b)
        var isFirst = true
        while try scanner.hasNext(isFirst: &isFirst, close: 0x7d) {
            scratch.count = 0
            try scanner.string(into: scratch)
            // Two paths that differ only in where the names are joined share a column.
            let name = (path.isEmpty ? [] : path + [0x5f]) + scratch.withElements { Array($0) }
            scanner.skipSpace()
            try scanner.expect(0x3a)
            scanner.skipSpace()
            switch scanner.current {
            case 0x7b: try readObject(&scanner, path: name, depth: depth + 1)
            case 0x5b: try readList(&scanner, column: column(name), depth: depth + 1)
            default: try readScalar(&scanner, column: column(name))
            }
        }
    }

    private func column(_ name: [UInt8]) -> Int {
        if let column = columns[name] { return column }
        let header = String(decoding: name, as: UTF8.self)
        let column = table.column(header.isEmpty ? "column" : header)
        columns[name] = column
        return column
    }

    private func readScalar(_ scanner: inout JSONScanner, column: Int) throws(JSONFault) {
        if scanner.current == 0x22 {
            let start = batcher.bytes.count
            try scanner.string(into: batcher.bytes)
            batcher.add(column: column, from: start, isString: true)
            return
        }
        let word = try scanner.word()
        if word.first != 0x6e { batcher.add(column: column, word, isString: false) }
    }

    /// A list of plain values is one text, joined by `;`. One that holds objects or lists has no place in a column.
    private func readList(_ scanner: inout JSONScanner, column: Int, depth: Int) throws(JSONFault) {
        let start = batcher.bytes.count
        let list = scanner.position
        scanner.position += 1
        var isFirst = true
        var count = 0
        while try scanner.hasNext(isFirst: &isFirst, close: 0x5d) {
            if count > 0 { batcher.bytes.append(0x3b) }
            count += 1
            switch scanner.current {
            case 0x22: try scanner.string(into: batcher.bytes)
            case 0x7b, 0x5b:
                batcher.bytes.count = start
                scanner.position = list
                try scanner.skipValue(depth: depth, scratch)
                unsupported[table.headers[column], default: 0] += 1
                return
            default:
                let word = try scanner.word()
                if word.first != 0x6e { batcher.bytes.append(contentsOf: word) }
            }
        }
        if count > 0 { batcher.add(column: column, from: start, isString: true) }
    }
}
