import Types

/// Gives every distinct value of one column a number, in order of first appearance over all batches. Missing is a value like others.
///
/// Equal is what `=` calls equal: numbers by value, whatever their scale or representation; texts by their bytes; durations by their
/// approximate length.
final class KeyEncoder {
    private var nextNumber: Int32 = 0
    private var missingNumber: Int32 = -1
    private var words = WordTable()
    private var window = WindowTable()
    private var texts = TextDictionaryBuilder()
    private var textNumbers: [Int32] = []
    /// The form of the numbered texts that came first. Texts of this form go by their numbers, however a later batch holds them.
    private var form: NumberedForm?
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

    /// As above, for loops that count in a variable of their own.
    private func missing(_ next: inout Int32) -> Int32 {
        if missingNumber < 0 {
            missingNumber = next
            next += 1
        }
        return missingNumber
    }

    private func number(ofText text: UnsafeBufferPointer<UInt8>) -> Int32 {
        if let number = form?.number(of: text) {
            return words.number(of: UInt64(bitPattern: number), tag: 0, next: &nextNumber)
        }
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
        case .decimal(let integers, let scale): return encodeDecimals(vector, integers.widened(), scale, presence)
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
        case .numbered(let numbers, let own):
            if form == nil, texts.count == 0 { form = own }
            return form == own ? encodeIntegers(numbers.widened(), presence) : encodeTexts(vector, presence)
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

    /// The table is taken out of the object for the loop, which saves a check of exclusive access for every row.
    @inline(__always)
    private func encodeWords(_ vector: Vector, _ presence: Bitmap?, _ word: (Int) -> (UInt64, UInt8)) -> Buffer<Int32> {
        var words = WordTable()
        swap(&words, &self.words)
        defer { swap(&words, &self.words) }
        let presence = PresenceReader(presence)
        var next = nextNumber
        defer { nextNumber = next }
        return mapped(count: vector.count) { row in
            guard presence.at(row) else { return missing(&next) }
            let (word, tag) = word(row)
            return words.number(of: word, tag: tag, next: &next)
        }
    }

    /// Values that have occurred within the window are a look-up in an array; only what is new, or lies outside, is hashed. An integer that
    /// fell outside an earlier, narrower window has its number in the hash table, so that is asked before a new number is given.
    private func encodeIntegers(_ values: Buffer<Int64>, _ presence: Bitmap?) -> Buffer<Int32> {
        prepareWindow(values, presence)
        var window = WindowTable()
        swap(&window, &self.window)
        defer { swap(&window, &self.window) }
        let presence = PresenceReader(presence)
        var next = nextNumber
        defer { nextNumber = next }
        return mapped(count: values.count) { row in
            guard presence.at(row) else { return missing(&next) }
            let value = values.base[row]
            let known = window.number(of: value)
            if known >= 0 { return known }
            let number = words.number(of: UInt64(bitPattern: value), tag: 0, next: &next)
            window.note(number, for: value)
            return number
        }
    }

    private func prepareWindow(_ values: Buffer<Int64>, _ presence: Bitmap?) {
        var lowest = Int64.max
        var highest = Int64.min
        let presence = PresenceReader(presence)
        for row in 0..<values.count where presence.at(row) {
            lowest = min(lowest, values.base[row])
            highest = max(highest, values.base[row])
        }
        if lowest <= highest { window.prepare(lowest: lowest, highest: highest, rowCount: values.count) }
    }

    /// Decimals at their smallest scale; a column of whole numbers takes the way of integers.
    private func encodeDecimals(_ vector: Vector, _ units: Buffer<Int64>, _ scale: Int, _ presence: Bitmap?) -> Buffer<Int32> {
        if scale == 0 { return encodeIntegers(units, presence) }
        return encodeWords(vector, presence) { row in
            let short = shortened(units.base[row], scale)
            return (UInt64(bitPattern: short.units), UInt8(short.scale))
        }
    }

    private func encodeCodes(_ codes: Codes, _ dictionary: TextDictionary, _ presence: Bitmap?) -> Buffer<Int32> {
        if lastDictionary !== dictionary {
            // A dictionary much larger than its batch is not worth a table of all its entries, unless it comes again.
            lastDictionary = dictionary
            entryNumbers = Array(repeating: -1, count: dictionary.count)
        }
        let rows = codes.widened()
        var entryNumbers: [Int32] = []
        swap(&entryNumbers, &self.entryNumbers)
        defer { swap(&entryNumbers, &self.entryNumbers) }
        let presence = PresenceReader(presence)
        return mapped(count: rows.count) { row in
            guard presence.at(row) else { return missing() }
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
        let presence = PresenceReader(presence)
        return mapped(count: vector.count) { row in
            guard presence.at(row) else { return missing() }
            return number(ofText: reader.at(row))
        }
    }
}
