import Types

/// Texts made from texts: `body` appends the new text to what it is given, or returns false for none. It is called once for each entry of
/// a dictionary, and once for each row where the texts are plain or the dictionary has more entries than there are rows; so it may depend
/// on nothing but the text.
public func mapText(
    _ value: Operand, count: Int, _ body: (UnsafeBufferPointer<UInt8>, inout [UInt8]) -> Bool
) -> Vector {
    unary(value, count: count) { vector in
        switch vector.storage {
        case .coded(let codes, let dictionary) where dictionary.count <= vector.count && dictionary.count > 0:
            return mappedEntries(vector, codes, dictionary, body)
        case .coded, .text, .numbered:
            return mapTextRows(.vector(vector), count: vector.count) { _, text, out in body(text, &out) }
        default: return .missing(count: vector.count)
        }
    }
}

private func mappedEntries(
    _ vector: Vector, _ codes: Codes, _ dictionary: TextDictionary, _ body: (UnsafeBufferPointer<UInt8>, inout [UInt8]) -> Bool
) -> Vector {
    // Different texts may become the same one, and a dictionary holds each text once.
    var builder = TextDictionaryBuilder()
    var text: [UInt8] = []
    var isComplete = true
    var present = BitmapBuilder()
    let replacements: Buffer<Int32> = mapped(count: dictionary.count) { code in
        text.removeAll(keepingCapacity: true)
        let isThere = body(dictionary.texts.bytes(at: code), &text)
        if !isThere { text.removeAll(keepingCapacity: true) }
        isComplete = isComplete && isThere
        present.append(isThere)
        return text.withUnsafeBufferPointer { Int32(bitPattern: builder.code(of: $0)) }
    }
    let rows = codes.widened()
    let newDictionary = builder.finish()
    let newCodes = Codes(gather(replacements, rows), entryCount: newDictionary.count)
    var validity = vector.validity
    if !isComplete { validity = both(validity, present.finish().gathered(rows, absent: false)) }
    return Vector(count: vector.count, .coded(newCodes, newDictionary), validity: validity)
}

/// As `mapText`, but called for each row that is there, with its number: for functions that depend on other columns too.
@inline(__always)
func mapTextRows(
    _ value: Operand, count: Int, _ body: (Int, UnsafeBufferPointer<UInt8>, inout [UInt8]) -> Bool
) -> Vector {
    checkCount(value, count)
    guard value.kind == .text else { return .missing(count: count) }
    let reader = TextReader(value)
    let given = PresenceReader(value.presence(count: count))
    var texts = TextStorageBuilder(capacity: count)
    var isComplete = true
    var present = [UInt8](repeating: 0, count: count)
    for row in 0..<count {
        let isThere = texts.appendIf { out in given.at(row) && body(row, reader.at(row), &out) }
        present[row] = isThere ? 1 : 0
        isComplete = isComplete && isThere
    }
    let validity = isComplete ? nil : packed(count: count) { UInt64(present[$0]) }
    return Vector(count: count, .text(texts.finish()), validity: validity)
}

/// Plain values made from texts, once for each entry of a dictionary where that is less; none gives a missing value.
@inline(__always)
func mapTextValue<Element: BitwiseCopyable & Sendable>(
    _ vector: Vector, missing: Element, _ body: (UnsafeBufferPointer<UInt8>) -> Element?
) -> (Buffer<Element>, Bitmap?) {
    if case .coded(let codes, let dictionary) = vector.storage, dictionary.count <= vector.count, dictionary.count > 0 {
        var present = BitmapBuilder()
        let entries = mapped(count: dictionary.count) { code in
            let value = body(dictionary.texts.bytes(at: code))
            present.append(value != nil)
            return value ?? missing
        }
        let rows = codes.widened()
        let validity = both(vector.validity, present.finish().gathered(rows, absent: false))
        return (gather(entries, rows), validity)
    }
    let reader = TextReader(vector)
    var present = BitmapBuilder()
    let values = mapped(count: vector.count) { row in
        let value = vector.validity.map({ $0[row] }) ?? true ? body(reader.at(row)) : nil
        present.append(value != nil)
        return value ?? missing
    }
    return (values, present.finish())
}

/// The rows whose text is there and fulfils a condition, which is asked once for each entry of a dictionary where that is less.
@inline(__always)
func textsWhere(_ value: Operand, count: Int, _ condition: (UnsafeBufferPointer<UInt8>) -> Bool) -> Bitmap {
    checkCount(value, count)
    guard value.kind == .text else { return Bitmap(repeating: false, count: count) }
    let result: Bitmap
    switch value {
    case .vector(let vector):
        if case .coded(let codes, let dictionary) = vector.storage, dictionary.count > 0 {
            result = codes.rowsWhere(dictionary, condition)
        } else {
            let reader = TextReader(vector)
            result = packedWhere(count: count) { condition(reader.at($0)) }
        }
        return vector.validity.map { result.and($0) } ?? result
    case .constant(.text(var text)): return Bitmap(repeating: text.withUTF8 { condition($0) }, count: count)
    case .constant: return Bitmap(repeating: false, count: count)
    }
}
