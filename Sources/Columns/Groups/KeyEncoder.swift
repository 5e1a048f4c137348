import Types

/// Gives every distinct value of one column a number, in order of first appearance over all batches. Missing is a value like others.
///
/// Equal is what `=` calls equal: numbers by value, whatever their scale or representation; texts by their bytes; durations by their
/// approximate length.
final class KeyEncoder {
    private var nextNumber: Int32 = 0
    private var missingNumber: Int32 = -1
    private var words = WordTable()
    private var wordNumbers: [Int32] = []
    private var window = WindowTable()
    private var texts = TextDictionaryBuilder()
    private var textNumbers: [Int32] = []
    /// The numbers of the entries of the dictionary that came last; batches of one column share theirs.
    private var lastDictionary: TextDictionary?
    private var entryNumbers: [Int32] = []

    /// How many distinct values there have been.
    var count: Int { Int(nextNumber) }

    private func fresh() -> Int32 {
        defer { nextNumber += 1 }
        return nextNumber
    }

    private func missing() -> Int32 {
        if missingNumber < 0 { missingNumber = fresh() }
        return missingNumber
    }

    private func number(ofWord word: UInt64, tag: UInt8) -> Int32 {
        let index = Int(words.number(of: word, tag: tag))
        if index == wordNumbers.count { wordNumbers.append(fresh()) }
        return wordNumbers[index]
    }

    private func number(ofText text: UnsafeBufferPointer<UInt8>) -> Int32 {
        let index = Int(texts.code(of: text))
        if index == textNumbers.count { textNumbers.append(fresh()) }
        return textNumbers[index]
    }

    /// The numbers of a batch.
    func encode(_ vector: Vector) -> Buffer<Int32> {
        let operand = Operand.vector(vector)
        let presence = operand.presence(count: vector.count)
        switch vector.storage {
        case .none: return mapped(count: vector.count) { _ in missing() }
        case .bool(let bits): return encodeIntegers(mapped(count: vector.count) { bits[$0] ? 1 : 0 }, presence)
        case .date(let days): return encodeIntegers(converted(days), presence)
        case .record(_, let rows): return encodeIntegers(converted(rows), presence)
        case .time(let instants): return encodeIntegers(instants, presence)
        case .period(let unit, let indexes):
            // Periods of different units differ; one column has one unit, nearly always.
            let tag = UInt8(100 + unit.rank)
            return encodeWords(vector, presence) { (UInt64(bitPattern: Int64(indexes.base[$0])), tag) }
        case .duration(let months, let microseconds):
            return encodeWords(vector, presence) { row in
                let duration = Duration(months: months.base[row], microseconds: microseconds.base[row])
                // Adding 0 turns -0 into 0.
                return ((duration.approximateMicroseconds + 0).bitPattern, 90)
            }
        case .decimal(let integers, let scale): return encodeDecimals(integers.widened(), scale, presence)
        case .double(let values):
            return encodeWords(vector, presence) { row in
                // A double that stands for a short decimal meets that decimal.
                if let (units, scale) = shortDecimal(values.base[row], maximumScale: Number.maximumScale) {
                    return (UInt64(bitPattern: units), UInt8(scale))
                }
                if let units = Int64(exactly: values.base[row]) {
                    return (UInt64(bitPattern: units), 0)
                }
                return (values.base[row].bitPattern, 91)
            }
        case .coded(let codes, let dictionary) where dictionary.count > 0: return encodeCodes(codes, dictionary, presence)
        case .coded, .text: return encodeTexts(vector, presence)
        case .set, .list, .table:
            var text: [UInt8] = []
            return mapped(count: vector.count) { row in
                text.removeAll(keepingCapacity: true)
                vector.appendText(of: row, to: &text)
                return text.withUnsafeBufferPointer { number(ofText: $0) }
            }
        }
    }

    @inline(__always)
    private func encodeWords(_ vector: Vector, _ presence: Bitmap?, _ word: (Int) -> (UInt64, UInt8)) -> Buffer<Int32> {
        mapped(count: vector.count) { row in
            guard presence.map({ $0[row] }) ?? true else { return missing() }
            let (word, tag) = word(row)
            return number(ofWord: word, tag: tag)
        }
    }

    private func encodeIntegers(_ values: Buffer<Int64>, _ presence: Bitmap?) -> Buffer<Int32> {
        prepareWindow(values, presence)
        return mapped(count: values.count) { row in
            guard presence.map({ $0[row] }) ?? true else { return missing() }
            return number(ofInteger: values.base[row])
        }
    }

    @inline(__always)
    private func number(ofInteger value: Int64) -> Int32 {
        // An integer that fell outside an earlier, narrower window has its number in the hash table, so that is asked before a new
        // number is given.
        window.number(of: value) { number(ofWord: UInt64(bitPattern: value), tag: 0) }
            ?? number(ofWord: UInt64(bitPattern: value), tag: 0)
    }

    private func prepareWindow(_ values: Buffer<Int64>, _ presence: Bitmap?) {
        var lowest = Int64.max
        var highest = Int64.min
        for row in 0..<values.count where presence.map({ $0[row] }) ?? true {
            lowest = min(lowest, values.base[row])
            highest = max(highest, values.base[row])
        }
        if lowest <= highest { window.prepare(lowest: lowest, highest: highest, rowCount: values.count) }
    }

    /// Decimals at their smallest scale; whole numbers take the way of integers.
    private func encodeDecimals(_ units: Buffer<Int64>, _ scale: Int, _ presence: Bitmap?) -> Buffer<Int32> {
        if scale == 0 { return encodeIntegers(units, presence) }
        return mapped(count: units.count) { row in
            guard presence.map({ $0[row] }) ?? true else { return missing() }
            let short = shortened(units.base[row], scale)
            return short.scale == 0
                ? number(ofInteger: short.units) : number(ofWord: UInt64(bitPattern: short.units), tag: UInt8(short.scale))
        }
    }

    private func encodeCodes(_ codes: Codes, _ dictionary: TextDictionary, _ presence: Bitmap?) -> Buffer<Int32> {
        if lastDictionary !== dictionary {
            // A dictionary much larger than its batch is not worth a table of all its entries, unless it comes again.
            lastDictionary = dictionary
            entryNumbers = Array(repeating: -1, count: dictionary.count)
        }
        let rows = codes.widened()
        return mapped(count: rows.count) { row in
            guard presence.map({ $0[row] }) ?? true else { return missing() }
            let code = Int(rows.base[row])
            let known = entryNumbers[code]
            if known >= 0 { return known }
            let number = number(ofText: dictionary.texts.bytes(at: code))
            entryNumbers[code] = number
            return number
        }
    }

    private func encodeTexts(_ vector: Vector, _ presence: Bitmap?) -> Buffer<Int32> {
        let reader = TextReader(vector)
        return mapped(count: vector.count) { row in
            guard presence.map({ $0[row] }) ?? true else { return missing() }
            return number(ofText: reader.at(row))
        }
    }
}
