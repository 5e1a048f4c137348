import Columns

/// Writes texts: as numbers behind a prefix, as symbols, or as they are.
struct TextPacker {
    let sink: SnapshotSink

    /// Fewer bytes than these are not worth a table of symbols.
    private static let leastShortened = 4096

    init(_ sink: SnapshotSink) { self.sink = sink }

    func pack(_ texts: TextStorage) throws(SnapshotError) -> PackedTexts {
        if let numbered = try numbered(texts) { return PackedTexts(count: texts.count, form: numbered) }
        let length = Int(texts.offsets[texts.count])
        if length >= Self.leastShortened, let shortened = try shortened(texts) {
            return PackedTexts(count: texts.count, form: shortened)
        }
        let offsets = texts.offsets
        let bytes = try sink.section(UnsafeBufferPointer(start: texts.bytes.base, count: length))
        return PackedTexts(count: texts.count, form: .plain(try runs(bytes, texts.count) { offsets.base[$0] }))
    }

    private func runs(
        _ bytes: Extent, _ count: Int, _ offset: (Int) -> Int64
    ) throws(SnapshotError) -> PackedTexts.StoredRuns {
        let stride = PackedTexts.StoredRuns.stride
        return PackedTexts.StoredRuns(
            bytes: bytes, lengths: try PackedIntegers.pack(count: count, to: sink) { offset($0 + 1) - offset($0) },
            starts: try PackedIntegers.pack(count: (count + stride - 1) / stride, to: sink) { offset($0 * stride) })
    }

    // MARK: Symbols

    private func shortened(_ texts: TextStorage) throws(SnapshotError) -> PackedTexts.Form? {
        let table = SymbolTable.trained(on: texts)
        let encoder = SymbolEncoder(table)
        let total = Int(texts.offsets[texts.count])
        var offsets: [Int64] = []
        offsets.reserveCapacity(texts.count + 1)
        let stored = Buffer<UInt8>(capacity: total * 2) { memory in
            let start = memory.baseAddress!
            var place = start
            for index in 0..<texts.count {
                offsets.append(Int64(place - start))
                place = encoder.encode(texts.bytes(at: index), to: place)
            }
            offsets.append(Int64(place - start))
            return place - start
        }
        guard stored.count < total / 4 * 3 else { return nil }
        let bytes = try sink.section(stored.pointer)
        let runs = try runs(bytes, texts.count) { offsets[$0] }
        let chunks = (texts.count + PackedTexts.chunk - 1) / PackedTexts.chunk
        return .symbols(
            runs, table: try sink.section(table.bytes), expandedCount: total,
            expandedStarts: try PackedIntegers.pack(count: chunks, to: sink) { texts.offsets.base[$0 * PackedTexts.chunk] })
    }

    // MARK: Numbers

    /// A prefix that all texts have and a number behind it, where that is what they are.
    private func numbered(_ texts: TextStorage) throws(SnapshotError) -> PackedTexts.Form? {
        guard texts.count > 1 else { return nil }
        let first = Array(texts.bytes(at: 0))
        let digits = first.reversed().prefix { Self.isDigit($0) }.count
        guard digits > 0, first.count - digits <= PackedTexts.longestPrefix, let form = shape(texts, first, digits) else {
            return nil
        }
        let prefix = Array(first[..<form.prefixLength])
        var numbers: [Int64] = []
        numbers.reserveCapacity(texts.count)
        for index in 0..<texts.count {
            let bytes = texts.bytes(at: index)
            guard bytes.count > prefix.count, bytes.starts(with: prefix),
                let number = Self.number(bytes, from: prefix.count, width: form.width)
            else { return nil }
            numbers.append(number)
        }
        return .numbered(
            prefix: prefix, width: form.width,
            numbers: try PackedIntegers.pack(count: numbers.count, to: sink) { numbers[$0] })
    }

    /// The length of the prefix, and how many digits all numbers have (0 where they differ in that). A prefix may itself end in digits, which
    /// are then the same in all texts only by chance and belong to the number.
    private func shape(_ texts: TextStorage, _ first: [UInt8], _ digits: Int) -> (prefixLength: Int, width: Int)? {
        var isFixed = digits <= 18
        for index in 0..<min(texts.count, 4096) where texts.bytes(at: index).count != first.count { isFixed = false }
        // Beyond the texts looked at here, one of another length ends the attempt.
        return isFixed ? (first.count - digits, digits) : (first.count - digits, 0)
    }

    private static func isDigit(_ byte: UInt8) -> Bool { byte >= UInt8(ascii: "0") && byte <= UInt8(ascii: "9") }

    private static func number(_ bytes: UnsafeBufferPointer<UInt8>, from start: Int, width: Int) -> Int64? {
        let count = bytes.count - start
        guard count <= 18, width == 0 || count == width else { return nil }
        // Without a width, zeros in front would be lost.
        guard width > 0 || count == 1 || bytes[start] != UInt8(ascii: "0") else { return nil }
        var number: Int64 = 0
        for place in start..<bytes.count {
            guard isDigit(bytes[place]) else { return nil }
            number = number * 10 + Int64(bytes[place] - UInt8(ascii: "0"))
        }
        return number
    }
}
