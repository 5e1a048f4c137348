import Types

/// Reads the text of a row, whether it is stored as it is, by codes, or is the same in every row.
struct TextReader {
    /// Plain pointers, so that reading a row counts no references; the memory is alive as long as the reader is.
    struct View {
        let offsets: UnsafePointer<Int64>
        let bytes: UnsafePointer<UInt8>
        /// Which text each row has; none where row `i` has text `i`.
        let codes: UnsafePointer<Int32>?
        /// All ones, or 0 where one text stands for every row.
        let rowMask: Int

        /// Rows were checked by the caller.
        @inline(__always)
        func at(_ row: Int) -> UnsafeBufferPointer<UInt8> {
            let index = codes.map { Int($0[row]) } ?? (row & rowMask)
            let lower = offsets[index]
            return UnsafeBufferPointer(start: bytes + Int(lower), count: Int(offsets[index &+ 1] &- lower))
        }
    }
    let view: View
    private let texts: TextStorage
    private let codes: Buffer<Int32>?

    private init(_ texts: TextStorage, codes: Buffer<Int32>?, isConstant: Bool = false) {
        self.texts = texts
        self.codes = codes
        view = View(offsets: texts.offsets.base, bytes: texts.bytes.base, codes: codes?.base, rowMask: isConstant ? 0 : -1)
    }

    init(_ vector: Vector) {
        switch vector.storage {
        case .text(let texts): self.init(texts, codes: nil)
        case .numbered(let numbers, let form): self.init(form.texts(numbers), codes: nil)
        case .coded(let codes, let dictionary) where dictionary.count > 0: self.init(dictionary.texts, codes: codes.widened())
        default:
            // Where every text is missing, all read as empty.
            self.init(TextStorage(offsets: Buffer([0, 0]), bytes: Buffer([])), codes: nil, isConstant: true)
        }
    }

    init(_ operand: Operand) {
        switch operand {
        case .vector(let vector): self.init(vector)
        case .constant(let value):
            var builder = TextStorageBuilder()
            if case .text(let text) = value { builder.append(text) } else { builder.append("") }
            self.init(builder.finish(), codes: nil, isConstant: true)
        }
    }

    /// The bytes stay valid as long as the reader does. Rows were checked by the caller.
    @inline(__always)
    func at(_ row: Int) -> UnsafeBufferPointer<UInt8> { view.at(row) }
}

/// Texts by the order of their bytes. With a constant, a sorted dictionary is searched once and codes are compared; so are the codes of
/// two columns that share a dictionary.
func comparedTexts(_ comparison: Comparison, _ a: Operand, _ b: Operand, count: Int) -> Bitmap {
    if case .vector(let left) = a, case .coded(let codes, let dictionary) = left.storage {
        switch b {
        case .constant(.text(let text)): return comparedWithConstant(comparison, codes, dictionary, text)
        case .vector(let right):
            if case .coded(let others, let other) = right.storage, other === dictionary,
                dictionary.isSorted || comparison == .equal
            {
                return comparedLanes(comparison, .column(codes.widened()), .column(others.widened()), count: count)
            }
        default: break
        }
    }
    let byNumber = comparedNumbered(comparison, a, b, count: count) ?? comparedNumbered(comparison, b, a, count: count)
    if let byNumber { return byNumber }
    let left = TextReader(a)
    let right = TextReader(b)
    return packedWhere(count: count) { comparison.holds(compareBytes(left.at($0), right.at($0))) }
}

private func comparedWithConstant(
    _ comparison: Comparison, _ codes: Codes, _ dictionary: TextDictionary, _ text: String
) -> Bitmap {
    var text = text
    return text.withUTF8 { bytes in
        guard dictionary.isSorted else {
            guard comparison == .equal else {
                return codes.rowsWhere(dictionary) { comparison.holds(compareBytes($0, bytes)) }
            }
            guard let code = dictionary.code(of: bytes) else { return Bitmap(repeating: false, count: codes.count) }
            return codes.compared(.equal, with: code)
        }
        let lower = dictionary.lowerBound(bytes)
        let occurs = lower < dictionary.count && compareBytes(dictionary.texts.bytes(at: lower), bytes) == 0
        let upper = occurs ? lower + 1 : lower
        switch comparison {
        case .equal: return occurs ? codes.compared(.equal, with: lower) : Bitmap(repeating: false, count: codes.count)
        case .notEqual: return occurs ? codes.compared(.notEqual, with: lower) : Bitmap(repeating: true, count: codes.count)
        case .less: return codes.compared(.less, with: lower)
        case .lessOrEqual: return codes.compared(.less, with: upper)
        case .greater: return codes.compared(.greaterOrEqual, with: upper)
        case .greaterOrEqual: return codes.compared(.greaterOrEqual, with: lower)
        }
    }
}

extension TextDictionary {
    /// The first entry that is not below a text; the dictionary is sorted. O(log entries).
    func lowerBound(_ text: UnsafeBufferPointer<UInt8>) -> Int {
        var lower = 0
        var upper = count
        while lower < upper {
            let middle = (lower + upper) / 2
            if compareBytes(texts.bytes(at: middle), text) < 0 { lower = middle + 1 } else { upper = middle }
        }
        return lower
    }

    /// The code of a text, if it occurs: by bisection where sorted, otherwise by looking at every entry.
    public func code(of text: UnsafeBufferPointer<UInt8>) -> Int? {
        if isSorted {
            let code = lowerBound(text)
            return code < count && compareBytes(texts.bytes(at: code), text) == 0 ? code : nil
        }
        return (0..<count).first { compareBytes(texts.bytes(at: $0), text) == 0 }
    }

    public func code(of text: String) -> Int? {
        var text = text
        return text.withUTF8 { code(of: $0) }
    }
}

extension Codes {
    /// Compares codes with a number that may lie one beyond the last code.
    func compared(_ comparison: Comparison, with code: Int) -> Bitmap {
        switch self {
        case .uint8(let codes): comparedAtWidth(comparison, codes, code)
        case .uint16(let codes): comparedAtWidth(comparison, codes, code)
        case .uint32(let codes): comparedAtWidth(comparison, codes, code)
        }
    }

    @inline(__always)
    private func comparedAtWidth<Code: FixedWidthInteger & BitwiseCopyable & Sendable>(
        _ comparison: Comparison, _ codes: Buffer<Code>, _ code: Int
    ) -> Bitmap {
        guard let constant = Code(exactly: code) else {
            return Bitmap(repeating: comparison.holds(-1), count: codes.count)
        }
        return comparedLanes(comparison, .column(codes), .constant(constant), count: codes.count)
    }

    /// The rows whose text fulfils a condition, which is asked once for each entry of the dictionary, or once for each row where there are
    /// fewer rows than entries.
    @inline(__always)
    func rowsWhere(_ dictionary: TextDictionary, _ condition: (UnsafeBufferPointer<UInt8>) -> Bool) -> Bitmap {
        if dictionary.count > count {
            let rows = widened()
            return packedWhere(count: count) { condition(dictionary.texts.bytes(at: Int(rows.base[$0]))) }
        }
        return looked(up: mapped(count: dictionary.count) { condition(dictionary.texts.bytes(at: $0)) ? 1 : 0 })
    }

    /// The rows whose entry of the dictionary has a bit.
    public func rows(in entries: Bitmap) -> Bitmap {
        let words = entries.words.base
        @inline(__always)
        func bit(_ code: Int) -> UInt64 { words[code >> 6] &>> UInt64(truncatingIfNeeded: code & 63) & 1 }
        return switch self {
        case .uint8(let codes): packed(count: count) { bit(Int(codes.base[$0])) }
        case .uint16(let codes): packed(count: count) { bit(Int(codes.base[$0])) }
        case .uint32(let codes): packed(count: count) { bit(Int(codes.base[$0])) }
        }
    }

    /// The rows whose entry in a table of one byte (0 or 1) a code is 1.
    func looked(up verdicts: Buffer<UInt8>) -> Bitmap {
        let table = verdicts.base
        return switch self {
        case .uint8(let codes): packed(count: count) { UInt64(table[Int(codes.base[$0])]) }
        case .uint16(let codes): packed(count: count) { UInt64(table[Int(codes.base[$0])]) }
        case .uint32(let codes): packed(count: count) { UInt64(table[Int(codes.base[$0])]) }
        }
    }
}
