import Columns

/// How many digits the numbers of texts such as `ACC-000123` are written with.
struct DigitCounts: Sendable {
    private var fewest = Int.max
    /// The digits of numbers that begin with a zero; 0 where there is none.
    private var padded = 0
    private var isMixed = false

    init() {}

    init(_ pieces: [Piece]) {
        for piece in pieces where piece.values != nil { merge(piece.digits) }
    }

    @inline(__always)
    mutating func note(_ count: Int, beginsWithZero: Bool) {
        fewest = min(fewest, count)
        if beginsWithZero, count > 1, count != padded { note(padding: count) }
    }

    private mutating func note(padding count: Int) {
        if padded != 0, padded != count { isMixed = true }
        padded = count
    }

    private mutating func merge(_ other: DigitCounts) {
        fewest = min(fewest, other.fewest)
        isMixed = isMixed || other.isMixed
        if other.padded != 0 { note(padding: other.padded) }
    }

    /// The number of digits up to which zeros fill the numbers; none where no rule gives just these texts.
    var digits: Int? {
        if padded == 0 { return 1 }
        return isMixed || fewest < padded ? nil : padded
    }
}

// MARK: Reading

extension PieceBuilder {
    private static let longestPrefix = 16

    /// What the texts of a column begin with, if all of them go on with digits only.
    func numberedPrefix(_ batch: FieldBatch, _ column: Int) -> [UInt8]? {
        for row in 0..<batch.rowCount {
            let field = batch.field(row, column)
            let p = batch.bytes + field.start
            let n = field.length
            if n == 0 || (!field.isString && MissingWords.alwaysMissing(p, n)) { continue }
            var length = n
            while length > 0, p[length - 1] &- 0x30 <= 9 { length -= 1 }
            guard length < n, length <= Self.longestPrefix, UTF8Check.isValid(p, length) else { return nil }
            let prefix = Array(UnsafeBufferPointer(start: p, count: length))
            missingCount = 0
            return numbered(batch, column, prefix) == nil ? nil : prefix
        }
        return nil
    }

    /// The numbers of texts that begin with a prefix; none where a text is of another form.
    func numbered(_ batch: FieldBatch, _ column: Int, _ prefix: [UInt8]) -> Piece? {
        let rowCount = batch.rowCount
        let length = prefix.count
        let head = (prefix + Array(repeating: 0, count: 16)).withUnsafeBufferPointer { TextHead($0.baseAddress!, length) }
        integers.reserve(rowCount)
        let values = integers.base
        var digits = DigitCounts()
        var minimum = Int64.max
        var maximum = Int64.min
        for row in 0..<rowCount {
            let field = batch.field(row, column)
            let p = batch.bytes + field.start
            let count = field.length &- length
            if count > 0, count <= NumberedForm.mostDigits, TextHead(p, length) == head {
                let number = Digits.number(p + length, count)
                if number >= 0 {
                    digits.note(count, beginsWithZero: p[length] == 0x30)
                    values[row] = number
                    minimum = min(minimum, number)
                    maximum = max(maximum, number)
                    continue
                }
            }
            let n = field.length
            guard n == 0 || (!field.isString && MissingWords.alwaysMissing(p, n)) else { return nil }
            values[row] = 0
            markMissing(row, of: rowCount)
        }
        guard digits.digits != nil else { return nil }
        var piece = integerPiece(.numbered(prefix: prefix), rowCount, scale: 0, minimum, maximum)
        piece.digits = digits
        return piece
    }
}

/// Reads digits eight at a time.
enum Digits {
    /// The number that 1 to 18 bytes write, or -1 if not all of them are digits. At least 8 bytes from `p` may be read.
    @inline(__always)
    static func number(_ p: UnsafePointer<UInt8>, _ count: Int) -> Int64 {
        // The odd digits first, so that whole eights remain.
        let first = (count &- 1) & 7 &+ 1
        let bits = UInt64(truncatingIfNeeded: first &* 8)
        // Moved up to the end of the word, with zeros before them; shifting by 64 gives 0.
        var word = TextHash.load(p) &<< (64 &- bits) | 0x3030_3030_3030_3030 >> bits
        var isValid = areDigits(word)
        var value = eight(word)
        var i = first
        while i < count {
            word = TextHash.load(p + i)
            isValid = isValid && areDigits(word)
            value = value &* 100_000_000 &+ eight(word)
            i &+= 8
        }
        return isValid ? Int64(truncatingIfNeeded: value) : -1
    }

    @inline(__always)
    static func areDigits(_ word: UInt64) -> Bool {
        let high: UInt64 = 0xf0f0_f0f0_f0f0_f0f0
        // Adding 6 carries into the upper half of whatever lies behind 9.
        return (word & high) | (((word &+ 0x0606_0606_0606_0606) & high) &>> 4) == 0x3333_3333_3333_3333
    }

    /// The number that eight digits write: pairs of digits, then fours, then all eight, each step for the whole word at once.
    @inline(__always)
    static func eight(_ word: UInt64) -> UInt64 {
        let digits = word &- 0x3030_3030_3030_3030
        let pairs = digits &* 10 &+ (digits &>> 8)
        let mask: UInt64 = 0x0000_00ff_0000_00ff
        let upper = (pairs & mask) &* (100 &+ (1_000_000 &<< 32))
        let lower = ((pairs &>> 16) & mask) &* (1 &+ (10_000 &<< 32))
        return (upper &+ lower) &>> 32
    }
}

// MARK: Other forms

extension Piece {
    /// The same texts written out; none for pieces of another format.
    func spelledOut() -> Piece? {
        guard case .numbered(let prefix) = format else { return nil }
        var piece = Piece(format: .text, rowCount: rowCount, missingCount: missingCount, validity: validity)
        guard let values, let digits = digits.digits else { return piece }
        let form = NumberedForm(prefix: prefix, digits: digits)
        let offsets = Growing<UInt32>(capacity: rowCount + 1)
        let texts = Growing<UInt8>(capacity: rowCount * (prefix.count + 8))
        offsets.append(0)
        let present = validity?.elements(UInt64.self)
        for row in 0..<rowCount {
            if present.map({ $0[row >> 6] >> UInt64(row & 63) & 1 != 0 }) ?? true {
                form.withText(of: integer(values, row)) { texts.append(contentsOf: $0) }
            }
            offsets.append(UInt32(texts.count))
        }
        piece.values = Block(copying: offsets.base, count: rowCount + 1)
        piece.width = 4
        piece.bytes = Block(copying: texts.base, count: texts.count)
        return piece
    }

    private func integer(_ values: Block, _ row: Int) -> Int64 {
        switch width {
        case 1: Int64(values.elements(Int8.self)[row])
        case 2: Int64(values.elements(Int16.self)[row])
        case 4: Int64(values.elements(Int32.self)[row])
        default: values.elements(Int64.self)[row]
        }
    }
}

extension ColumnFinish {
    /// The widest range of numbers for which a table of all of them is made.
    private static let widestTable = 1 << 20

    /// Numbered texts by their numbers, or where few differ by codes, since work on texts is then done once for each of them.
    func numbered(_ prefix: [UInt8], _ validity: Bitmap?) -> (Vector.Storage, distinctCount: Int?) {
        guard let digits = DigitCounts(pieces).digits else { preconditionFailure("pieces that do not fit one form") }
        let form = NumberedForm(prefix: prefix, digits: digits)
        let numbers = numbers().0
        let lowest = pieces.lazy.filter { $0.values != nil }.map(\.minimum).min() ?? 0
        let highest = pieces.lazy.filter { $0.values != nil }.map(\.maximum).max() ?? 0
        let isSpread = highest - lowest >= Self.widestTable
        if isSpread || DistinctCount.isMore(than: TextCoder.mostAlwaysCoded, numbers, validity, lowest...highest) {
            return (.numbered(numbers, form), nil)
        }
        let (codes, dictionary) = coded(numbers.widened(), form, validity, lowest: lowest, highest: highest)
        return (.coded(codes, dictionary), dictionary.count)
    }

    private func coded(
        _ numbers: Buffer<Int64>, _ form: NumberedForm, _ validity: Bitmap?, lowest: Int64, highest: Int64
    ) -> (Codes, TextDictionary) {
        func isPresent(_ row: Int) -> Bool { validity.map { $0.words.base[row >> 6] &>> UInt64(row & 63) & 1 != 0 } ?? true }
        var codes = [Int32](repeating: -1, count: Int(highest - lowest) + 1)
        for row in 0..<numbers.count where isPresent(row) { codes[Int(numbers.base[row] - lowest)] = 0 }
        let occurring = codes.indices.filter { codes[$0] >= 0 }.map { Int64($0) + lowest }
        let sorted = occurring.map { (number: $0, text: Array(form.text(of: $0).utf8)) }
            .sorted { $0.text.lexicographicallyPrecedes($1.text) }
        for (code, entry) in sorted.enumerated() { codes[Int(entry.number - lowest)] = Int32(code) }
        let texts = form.texts(.int64(Buffer(sorted.map(\.number))))
        let rows = codes.withUnsafeBufferPointer { codes in
            Buffer<Int32>(capacity: numbers.count) { memory in
                for row in 0..<numbers.count { memory[row] = isPresent(row) ? codes[Int(numbers.base[row] - lowest)] : 0 }
                return numbers.count
            }
        }
        return (Codes(rows, entryCount: sorted.count), TextDictionary(texts: texts, isSorted: true))
    }
}
