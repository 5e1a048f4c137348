import Columns

/// Texts of a column or of its dictionary.
struct PackedTexts: Sendable {
    enum Form: Sendable {
        /// A prefix that all have, and a number; of `width` digits where that is above 0, otherwise in its usual form.
        case numbered(prefix: [UInt8], width: Int, numbers: PackedIntegers)
        /// The texts' own bytes.
        case plain(StoredRuns)
        /// The numbers of symbols. `expandedStarts` says for every so many texts where they begin once they are written out.
        case symbols(StoredRuns, table: Extent, expandedCount: Int, expandedStarts: PackedIntegers)
    }

    /// Runs of bytes one after another: their lengths, and for every 64th where it begins.
    struct StoredRuns: Sendable {
        static let stride = 64
        var bytes: Extent
        var lengths: PackedIntegers
        var starts: PackedIntegers
    }

    /// A longer prefix would let a small file ask for a lot of memory.
    static let longestPrefix = 64

    /// For every so many texts the place is known at which they begin when written out, so that several threads can do that.
    static let chunk = 16_384

    var count: Int
    var form: Form

    /// Whether the texts are numbers that count up, so that a text itself says where it stands.
    var countsUp: Bool {
        if case .numbered(_, _, let numbers) = form { numbers.width == 0 && numbers.step > 0 } else { false }
    }
}

// MARK: The directory

extension PackedTexts {
    func write(to directory: inout DirectoryWriter) {
        directory.write(count)
        switch form {
        case .numbered(let prefix, let width, let numbers):
            directory.write(0)
            directory.write(prefix)
            directory.write(width)
            numbers.write(to: &directory)
        case .plain(let runs):
            directory.write(1)
            runs.write(to: &directory)
        case .symbols(let runs, let table, let expandedCount, let expandedStarts):
            directory.write(2)
            runs.write(to: &directory)
            directory.write(table)
            directory.write(expandedCount)
            expandedStarts.write(to: &directory)
        }
    }

    init(_ directory: inout DirectoryReader) throws(SnapshotError) {
        count = try directory.count(upTo: 1 << 40)
        switch try directory.index(below: 3, "form of texts") {
        case 0:
            let prefix = try directory.raw()
            guard UTF8Check.isValid(prefix), prefix.count <= Self.longestPrefix else {
                throw directory.damage("a prefix makes no sense")
            }
            let width = try directory.index(below: 19, "width of numbers")
            form = .numbered(prefix: prefix, width: width, numbers: try PackedIntegers(&directory, count: count))
        case 1: form = .plain(try StoredRuns(&directory, count: count))
        default:
            let runs = try StoredRuns(&directory, count: count)
            let table = try directory.extent()
            let expandedCount = try directory.count(upTo: runs.bytes.length * SymbolTable.longest)
            let chunks = (count + Self.chunk - 1) / Self.chunk
            form = .symbols(
                runs, table: table, expandedCount: expandedCount,
                expandedStarts: try PackedIntegers(&directory, count: chunks))
        }
    }
}

extension PackedTexts.StoredRuns {
    fileprivate func write(to directory: inout DirectoryWriter) {
        directory.write(bytes)
        lengths.write(to: &directory)
        starts.write(to: &directory)
    }

    fileprivate init(_ directory: inout DirectoryReader, count: Int) throws(SnapshotError) {
        bytes = try directory.extent()
        lengths = try PackedIntegers(&directory, count: count)
        starts = try PackedIntegers(&directory, count: (count + Self.stride - 1) / Self.stride)
    }

    /// The bytes of one run.
    func run(_ index: Int, in file: SnapshotFile) throws(SnapshotError) -> UnsafeRawBufferPointer {
        let bounds = 0...Int64(bytes.length)
        var start = try starts.value(at: index / Self.stride, within: bounds, in: file)
        for before in (index / Self.stride * Self.stride)..<index {
            start += try lengths.value(at: before, within: bounds, in: file)
        }
        let length = try lengths.value(at: index, within: bounds, in: file)
        guard start <= bytes.length, length <= Int64(bytes.length) - start else {
            throw file.damage("a text ends behind all texts")
        }
        return try file.bytes(bytes, from: Int(start), count: Int(length))
    }

    /// Where each run begins, and the end of the last, which is that of the bytes.
    func offsets(in file: SnapshotFile) throws(SnapshotError) -> Buffer<Int64> {
        let lengths = try lengths.all(UInt32.self, within: 0...Int64(min(bytes.length, Int(UInt32.max))), in: file)
        var end: Int64 = 0
        let offsets = Buffer<Int64>(capacity: lengths.count + 1) { memory in
            let target = memory.baseAddress!
            let source = lengths.base
            for index in 0..<lengths.count {
                target[index] = end
                end &+= Int64(source[index])
            }
            target[lengths.count] = end
            return lengths.count + 1
        }
        guard end == bytes.length else { throw file.damage("texts are not as long together as their bytes") }
        return offsets
    }
}

extension UTF8Check {
    static func isValid(_ bytes: [UInt8]) -> Bool {
        bytes.withUnsafeBufferPointer { bytes in bytes.baseAddress.map { isValid($0, bytes.count) } ?? true }
    }

    /// Whether texts one after another are each UTF-8: together they are, and none begins in the middle of a character.
    static func areValid(_ texts: TextStorage, _ range: Range<Int>) -> Bool {
        let offsets = texts.offsets.base
        let start = Int(offsets[range.lowerBound])
        let length = Int(offsets[range.upperBound]) - start
        let bytes = texts.bytes.base
        if isASCII(bytes + start, length) { return true }
        guard validLength(bytes + start, length) == length else { return false }
        for index in range where offsets[index] < offsets[index + 1] && bytes[Int(offsets[index])] & 0xc0 == 0x80 { return false }
        return true
    }
}
