import CKernels
import Types

/// `~`: the rows whose text has a part, case and accents apart. A missing text has nothing in it, and a missing part is in nothing.
public func textContains(_ text: Operand, _ part: Operand, count: Int) -> Bitmap {
    guard case .constant(let constant) = part else {
        return searched(.vector(fold(text, count: count)), .vector(fold(part, count: count)), count: count, occurs)
    }
    guard case .text(let wanted) = constant else { return Bitmap(repeating: false, count: count) }
    let needle = Array(folded(wanted).utf8)
    if let found = needle.withUnsafeBufferPointer({ foundInASCII($0, text, count: count) }) { return found }
    var buffer: [UInt8] = []
    return needle.withUnsafeBufferPointer { needle in
        textsWhere(text, count: count) { bytes in
            buffer.removeAll(keepingCapacity: true)
            appendFolded(bytes, to: &buffer)
            return buffer.withUnsafeBufferPointer { occurs(needle, in: $0) }
        }
    }
}

/// The rows whose text has a part, exactly as written.
public func contains(_ text: Operand, _ part: Operand, count: Int) -> Bitmap {
    if case .vector(let vector) = text, case .text(let texts) = vector.storage, case .constant(.text(var wanted)) = part {
        checkCount(text, count)
        let found = wanted.withUTF8 { texts.rowsContaining($0, foldsCase: false) }
        return vector.validity.map { found.and($0) } ?? found
    }
    return searched(text, part, count: count, occurs)
}

/// As `textContains`, for plain texts that are ASCII throughout: nothing needs to be folded but the case of letters, so that all texts are
/// searched at once. None for others.
private func foundInASCII(_ needle: UnsafeBufferPointer<UInt8>, _ text: Operand, count: Int) -> Bitmap? {
    checkCount(text, count)
    guard case .vector(let vector) = text, case .text(let texts) = vector.storage else { return nil }
    let bytes = texts.joinedBytes
    guard let base = bytes.baseAddress, crmq_is_ascii(base, bytes.count) else { return nil }
    let found = texts.rowsContaining(needle, foldsCase: true)
    return vector.validity.map { found.and($0) } ?? found
}

extension TextDictionary {
    /// A bit for each entry that has a part, exactly as written or case and accents apart. O(bytes).
    public func entries(containing part: String, foldsCase: Bool) -> Bitmap {
        let all = Operand.vector(Vector(count: count, .text(texts)))
        let part = Operand.constant(.text(part))
        return foldsCase ? textContains(all, part, count: count) : contains(all, part, count: count)
    }
}

extension TextStorage {
    /// The bytes of all texts, one behind the other.
    fileprivate var joinedBytes: UnsafeBufferPointer<UInt8> {
        let first = Int(offsets.base[0])
        return UnsafeBufferPointer(start: bytes.base + first, count: Int(offsets.base[count]) - first)
    }

    /// The texts in which a piece occurs. All bytes are searched in one go, and each place found is traced back to its text, which saves
    /// the start of a search for every text; a place that reaches into the next text is none.
    fileprivate func rowsContaining(_ piece: UnsafeBufferPointer<UInt8>, foldsCase: Bool) -> Bitmap {
        if piece.count == 0 { return Bitmap(repeating: true, count: count) }
        let all = joinedBytes
        let ends = offsets.base + 1
        let origin = Int(offsets.base[0])
        let rowCount = count
        let words = Buffer<UInt64>(capacity: (rowCount + 63) / 64) { words in
            words.initialize(repeating: 0)
            var start = 0
            var row = 0
            while let offset = position(of: piece, in: UnsafeBufferPointer(rebasing: all[start...]), foldsCase: foldsCase) {
                let place = Int64(origin + start + offset)
                row = firstRow(from: row, endingBehind: place)
                if place + Int64(piece.count) <= ends[row] {
                    words[row >> 6] |= 1 << UInt64(row & 63)
                    start = Int(ends[row]) - origin
                } else {
                    start += offset + 1
                }
            }
            return words.count
        }
        return Bitmap(words: words, count: rowCount)
    }

    /// The first row, from one on, whose text ends behind a byte: in steps that double, then by halving.
    private func firstRow(from start: Int, endingBehind place: Int64) -> Int {
        let ends = offsets.base + 1
        var lower = start
        var step = 1
        while lower + step < count, ends[lower + step - 1] <= place {
            lower += step
            step *= 2
        }
        var upper = min(lower + step, count)
        while lower < upper {
            let middle = (lower + upper) / 2
            if ends[middle] <= place { lower = middle + 1 } else { upper = middle }
        }
        return lower
    }
}

/// The rows whose text begins so, exactly as written.
public func startsWith(_ text: Operand, _ part: Operand, count: Int) -> Bitmap {
    searched(text, part, count: count) { part, text in
        text.count >= part.count && compareBytes(UnsafeBufferPointer(rebasing: text.prefix(part.count)), part) == 0
    }
}

/// The rows whose text ends so, exactly as written.
public func endsWith(_ text: Operand, _ part: Operand, count: Int) -> Bitmap {
    searched(text, part, count: count) { part, text in
        text.count >= part.count && compareBytes(UnsafeBufferPointer(rebasing: text.suffix(part.count)), part) == 0
    }
}

@inline(__always)
private func occurs(_ part: UnsafeBufferPointer<UInt8>, in text: UnsafeBufferPointer<UInt8>) -> Bool {
    position(of: part, in: text) != nil
}

/// With a constant part once for each entry of a dictionary, otherwise row by row.
@inline(__always)
private func searched(
    _ text: Operand, _ part: Operand, count: Int,
    _ condition: (_ part: UnsafeBufferPointer<UInt8>, _ text: UnsafeBufferPointer<UInt8>) -> Bool
) -> Bitmap {
    checkCount(text, count)
    checkCount(part, count)
    if case .constant(let constant) = part {
        guard case .text(var wanted) = constant else { return Bitmap(repeating: false, count: count) }
        return wanted.withUTF8 { wanted in textsWhere(text, count: count) { condition(wanted, $0) } }
    }
    guard text.kind == .text, part.kind == .text else { return Bitmap(repeating: false, count: count) }
    let texts = TextReader(text)
    let parts = TextReader(part)
    let found = packedWhere(count: count) { condition(parts.at($0), texts.at($0)) }
    return both(text.presence(count: count), part.presence(count: count)).map { found.and($0) } ?? found
}

/// Where a part first occurs in a text: 1 is the first character; missing where it does not occur.
public func position(_ text: Operand, _ part: Operand, count: Int) -> Vector {
    checkCount(text, count)
    checkCount(part, count)
    guard text.kind == .text, part.kind == .text else { return .missing(count: count) }
    let texts = TextReader(text)
    let parts = TextReader(part)
    let given = both(text.presence(count: count), part.presence(count: count))
    let positions: Buffer<Int32> = mapped(count: count) { row in
        guard given.map({ $0[row] }) ?? true, let offset = position(of: parts.at(row), in: texts.at(row)) else { return 0 }
        let before = UnsafeBufferPointer(rebasing: texts.at(row).prefix(offset))
        return Int32(truncatingIfNeeded: characterCount(before) + 1)
    }
    let isFound = comparedLanes(.notEqual, .column(positions), .constant(0), count: count)
    return Vector(count: count, .decimal(.int32(positions), scale: 0), validity: isFound)
}

/// How many characters, as a person counts them, a text has.
@inline(__always)
func characterCount(_ text: UnsafeBufferPointer<UInt8>) -> Int {
    isPlain(text) ? text.count : String(decoding: text, as: UTF8.self).count
}

/// Whether every byte is a character: ASCII without carriage returns, since CR LF is one character.
@inline(__always)
func isPlain(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
    var gathered: UInt8 = 0
    var hasReturn = false
    for byte in text {
        gathered |= byte
        hasReturn = hasReturn || byte == 13
    }
    return gathered < 0x80 && !hasReturn
}
