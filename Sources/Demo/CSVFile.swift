#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// A CSV file being written row by row through one buffer, so that memory stays flat however many rows there are.
///
/// The rows go to `NAME.partial`, which takes the name's place only when complete: a full disk or an interrupted run
/// never leaves half a table where a loader would take it for a whole one.
/// Every field is written with a comma after it, and the end of the row turns the last comma into a line feed.
struct CSVFile: ~Copyable {
    /// Large enough to make system calls rare, small enough to stay in the cache.
    static let capacity = 1 << 18
    /// No row is longer than this, since texts come from lists of short words.
    static let rowMax = 1 << 13

    private let name: String
    private let path: String
    private var descriptor: Int32
    private let buffer: UnsafeMutablePointer<UInt8>
    private var count = 0
    private var bytes = 0
    private(set) var rows = 0

    private var partialPath: String { path + ".partial" }

    init(_ name: String, in directory: String, header: StaticString) throws(DemoError) {
        self.name = name
        path = directory + "/" + name
        buffer = .allocate(capacity: CSVFile.capacity)
        descriptor = openForWriting(path + ".partial")
        if descriptor < 0 { throw .cannotWrite(path: path, reason: lastReason()) }
        put(header)
        put(UInt8(ascii: "\n"))
    }

    deinit {
        if descriptor >= 0 {
            close(descriptor)
            unlink(partialPath)
        }
        buffer.deallocate()
    }

    /// Ends a row; this is the only place where a full buffer is noticed, which keeps the fields free of error handling.
    @inline(__always)
    mutating func endRow() throws(DemoError) {
        buffer[count - 1] = UInt8(ascii: "\n")
        rows += 1
        if count > CSVFile.capacity - CSVFile.rowMax { try flush() }
    }

    private mutating func flush() throws(DemoError) {
        try writeAll(UnsafeRawBufferPointer(start: buffer, count: count), to: descriptor, path: path)
        bytes += count
        count = 0
    }

    /// Writes what is left and gives the file its name.
    mutating func finish() throws(DemoError) -> DemoFile {
        try flush()
        let closed = close(descriptor)
        let reason = lastReason()
        descriptor = -1
        if closed != 0 {
            unlink(partialPath)
            throw .cannotWrite(path: path, reason: reason)
        }
        if rename(partialPath, path) != 0 {
            let reason = lastReason()
            unlink(partialPath)
            throw .cannotWrite(path: path, reason: reason)
        }
        return DemoFile(name: name, rows: rows, bytes: bytes)
    }
}

// Bytes without a comma, of which fields are made.
extension CSVFile {
    @inline(__always)
    mutating func put(_ byte: UInt8) {
        precondition(count < CSVFile.capacity)
        buffer[count] = byte
        count += 1
    }

    @inline(__always)
    mutating func put(_ text: UnsafeBufferPointer<UInt8>) {
        precondition(text.count <= CSVFile.capacity - count)
        guard let base = text.baseAddress else { return }
        (buffer + count).update(from: base, count: text.count)
        count += text.count
    }

    @inline(__always)
    mutating func put(_ text: StaticString) {
        put(UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount))
    }

    @inline(__always)
    mutating func put(_ words: Words, _ index: Int) {
        let start = count
        words.withBytes(of: index) { text in
            precondition(text.count <= CSVFile.capacity - start)
            if let base = text.baseAddress { (buffer + start).update(from: base, count: text.count) }
        }
        count += words.length(of: index)
    }

    /// Fills the digits from the last to the first, so that the only divisor is the constant ten, which needs no division.
    @inline(__always)
    mutating func put(digits number: Int) {
        if number < 0 { put(UInt8(ascii: "-")) }
        var rest = number.magnitude
        var length = 1
        var limit: UInt = 10
        while rest >= limit {
            length += 1
            limit &*= 10
        }
        precondition(length <= CSVFile.capacity - count)
        count += length
        for place in 1...length {
            buffer[count - place] = UInt8(truncatingIfNeeded: 48 + rest % 10)
            rest /= 10
        }
    }

    @inline(__always)
    mutating func put(twoDigits number: Int) {
        put(UInt8(48 + number / 10))
        put(UInt8(48 + number % 10))
    }
}

// Whole fields.
extension CSVFile {
    @inline(__always)
    mutating func comma() {
        put(UInt8(ascii: ","))
    }

    /// A missing value, which in an export is nothing at all.
    @inline(__always)
    mutating func missing() {
        comma()
    }

    @inline(__always)
    mutating func literal(_ text: StaticString) {
        put(text)
        comma()
    }

    @inline(__always)
    mutating func word(_ words: Words, _ index: Int) {
        put(words, index)
        comma()
    }

    @inline(__always)
    mutating func number(_ number: Int) {
        put(digits: number)
        comma()
    }

    /// The key of a row counted from 0, such as `ACC-17` for row 16, or nothing for a negative row.
    @inline(__always)
    mutating func key(_ prefix: StaticString, _ row: Int) {
        if row >= 0 {
            put(prefix)
            put(digits: row + 1)
        }
        comma()
    }

    /// An amount with two decimals.
    @inline(__always)
    mutating func money(cents: Int) {
        if cents < 0 { put(UInt8(ascii: "-")) }
        put(digits: abs(cents) / 100)
        put(UInt8(ascii: "."))
        put(twoDigits: abs(cents) % 100)
        comma()
    }

    @inline(__always)
    mutating func date(_ day: Int) {
        putDate(day)
        comma()
    }

    /// An instant in UTC, such as `2026-03-14T09:42:24Z`.
    @inline(__always)
    mutating func instant(_ day: Int, second: Int) {
        putDate(day)
        put(UInt8(ascii: "T"))
        put(twoDigits: second / 3600)
        put(UInt8(ascii: ":"))
        put(twoDigits: second / 60 % 60)
        put(UInt8(ascii: ":"))
        put(twoDigits: second % 60)
        put(UInt8(ascii: "Z"))
        comma()
    }

    @inline(__always)
    private mutating func putDate(_ day: Int) {
        let start = count
        precondition(start + 10 <= CSVFile.capacity)
        DayTexts.all.withText(of: day) { text in
            if let base = text.baseAddress { (buffer + start).update(from: base, count: 10) }
        }
        count = start + 10
    }

    /// Where a text that may need quotes begins; to be handed to `endText`.
    @inline(__always)
    var mark: Int { count }

    /// Ends a text that began at `mark`, in quotes if it holds a comma, a quote or a line feed (RFC 4180).
    mutating func endText(_ mark: Int) {
        var quotes = 0
        var special = false
        for index in mark..<count {
            let byte = buffer[index]
            if byte == UInt8(ascii: "\"") { quotes += 1 }
            if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: ",") || byte == UInt8(ascii: "\n") { special = true }
        }
        if special { enquote(from: mark, quotes: quotes) }
        comma()
    }

    /// Moves the text apart from its end, doubling the quotes inside it, so that no second buffer is needed.
    private mutating func enquote(from mark: Int, quotes: Int) {
        precondition(count + quotes + 2 <= CSVFile.capacity)
        var source = count - 1
        var target = count + quotes + 1
        count = target + 1
        buffer[target] = UInt8(ascii: "\"")
        while source >= mark {
            target -= 1
            buffer[target] = buffer[source]
            if buffer[source] == UInt8(ascii: "\"") {
                target -= 1
                buffer[target] = UInt8(ascii: "\"")
            }
            source -= 1
        }
        buffer[mark] = UInt8(ascii: "\"")
    }
}
