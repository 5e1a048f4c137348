import Types

/// Texts in upper case, by the full mapping of Unicode.
public func upper(_ value: Operand, count: Int) -> Vector {
    mapText(value, count: count) { text, out in
        if isASCII(text) {
            appendMapped(text, to: &out) { $0 &- 97 < 26 ? $0 & 0xDF : $0 }
        } else {
            out.append(contentsOf: String(decoding: text, as: UTF8.self).uppercased().utf8)
        }
        return true
    }
}

/// Texts in lower case, by the full mapping of Unicode.
public func lower(_ value: Operand, count: Int) -> Vector {
    mapText(value, count: count) { text, out in
        if isASCII(text) {
            appendMapped(text, to: &out) { $0 &- 65 < 26 ? $0 | 0x20 : $0 }
        } else {
            out.append(contentsOf: String(decoding: text, as: UTF8.self).lowercased().utf8)
        }
        return true
    }
}

/// Every word with a capital first letter and small letters behind it. Letters, digits and apostrophes make up a word.
public func capitalize(_ value: Operand, count: Int) -> Vector {
    mapText(value, count: count) { text, out in
        var isInside = false
        for character in String(decoding: text, as: UTF8.self) {
            let belongs = character.isLetter || character.isNumber || character == "'" || character == "\u{2019}"
            if belongs, !isInside {
                out.append(contentsOf: titlecased(character).utf8)
            } else {
                out.append(contentsOf: character.lowercased().utf8)
            }
            isInside = belongs
        }
        return true
    }
}

/// A character as the first of a word: `ǆ` becomes `ǅ`, and `ß` at the start of a word `Ss`.
private func titlecased(_ character: Character) -> String {
    var scalars = character.unicodeScalars
    guard let first = scalars.first else { return "" }
    scalars.removeFirst()
    return first.properties.titlecaseMapping + String(scalars)
}

/// Texts without white space at both ends.
public func trim(_ value: Operand, count: Int) -> Vector {
    mapText(value, count: count) { text, out in
        out.append(contentsOf: trimmed(text))
        return true
    }
}

/// The text without white space at both ends, Unicode's included.
func trimmed(_ text: UnsafeBufferPointer<UInt8>) -> UnsafeBufferPointer<UInt8> {
    var lower = 0
    var upper = text.count
    while lower < upper {
        let (point, length) = codePoint(text, lower)
        guard isWhiteSpace(point) else { break }
        lower += length
    }
    while lower < upper {
        var start = upper - 1
        while start > lower, text[start] & 0xC0 == 0x80 { start -= 1 }
        guard isWhiteSpace(codePoint(text, start).point) else { break }
        upper = start
    }
    return UnsafeBufferPointer(rebasing: text[lower..<max(lower, upper)])
}

@inline(__always)
private func isWhiteSpace(_ point: UInt32) -> Bool {
    if point < 0x80 { return point == 32 || (point >= 9 && point <= 13) }
    // A zero-width no-break space is what a byte order mark leaves behind in the first cell of an export.
    return point == 0xFEFF || (Unicode.Scalar(point)?.properties.isWhitespace ?? false)
}

/// How many characters each text has.
public func length(_ value: Operand, count: Int) -> Vector {
    unary(value, count: count) { vector in
        guard Operand.vector(vector).kind == .text else { return .missing(count: vector.count) }
        let (lengths, validity) = mapTextValue(vector, missing: Int32(0)) { Int32(truncatingIfNeeded: characterCount($0)) }
        return Vector(count: vector.count, .decimal(.int32(lengths), scale: 0), validity: validity)
    }
}

/// Every occurrence of one text put in place by another; an empty text occurs nowhere.
public func replace(_ value: Operand, _ old: Operand, _ new: Operand, count: Int) -> Vector {
    let olds = TextReader(old)
    let news = TextReader(new)
    return mapTextWith(value, [old, new], count: count) { row, text, out in
        let (old, new) = (olds.at(row), news.at(row))
        guard old.count > 0 else {
            out.append(contentsOf: text)
            return true
        }
        var rest = text
        while let offset = position(of: old, in: rest) {
            out.append(contentsOf: rest.prefix(offset))
            out.append(contentsOf: new)
            rest = UnsafeBufferPointer(rebasing: rest.dropFirst(offset + old.count))
        }
        out.append(contentsOf: rest)
        return true
    }
}

/// One of the parts between separators: the first is 1, the last is -1; missing where there are not so many. An empty separator separates
/// nothing.
public func splitPart(_ value: Operand, _ separator: Operand, _ index: Operand, count: Int) -> Vector {
    let separators = TextReader(separator)
    let indexes = IntegerReader(index, count: count)
    return mapTextWith(value, [separator, index], count: count) { row, text, out in
        guard let index = indexes.at(row), index != 0 else { return false }
        let parts = split(text, separators.at(row))
        let place = index > 0 ? index - 1 : parts.count + index
        guard parts.indices.contains(place) else { return false }
        out.append(contentsOf: parts[place])
        return true
    }
}

/// The parts between separators.
private func split(_ text: UnsafeBufferPointer<UInt8>, _ separator: UnsafeBufferPointer<UInt8>) -> [UnsafeBufferPointer<UInt8>] {
    guard separator.count > 0 else { return [text] }
    var parts: [UnsafeBufferPointer<UInt8>] = []
    var rest = text
    while let offset = position(of: separator, in: rest) {
        parts.append(UnsafeBufferPointer(rebasing: rest.prefix(offset)))
        rest = UnsafeBufferPointer(rebasing: rest.dropFirst(offset + separator.count))
    }
    parts.append(rest)
    return parts
}

/// The parts between separators, without white space around them and without empty ones, as a list; of a missing text, an empty list.
public func split(_ value: Operand, _ separator: Operand, count: Int) -> Vector {
    checkCount(value, count)
    checkCount(separator, count)
    let texts = TextReader(value)
    let separators = TextReader(separator)
    let given = both(value.presence(count: count), separator.presence(count: count))
    var builder = TextStorageBuilder()
    var offsets: [Int32] = [0]
    for row in 0..<count {
        if given.map({ $0[row] }) ?? true {
            for part in split(texts.at(row), separators.at(row)) {
                let part = trimmed(part)
                if part.count > 0 { builder.append(part) }
            }
        }
        offsets.append(Int32(builder.count))
    }
    let parts = Vector(count: builder.count, .text(builder.finish()))
    return Vector(count: count, .list(Segments(offsets: Buffer(offsets)), parts))
}

/// A function of a text and of parameters: once for each entry of a dictionary where every parameter is a constant, otherwise row by row.
/// Missing where a parameter is.
@inline(__always)
func mapTextWith(
    _ value: Operand, _ parameters: [Operand], count: Int,
    _ body: (Int, UnsafeBufferPointer<UInt8>, inout [UInt8]) -> Bool
) -> Vector {
    var given: Bitmap?
    var areConstant = true
    for parameter in parameters {
        checkCount(parameter, count)
        if case .constant(.none) = parameter { return .missing(count: count) }
        areConstant = areConstant && parameter.isConstant
        given = both(given, parameter.presence(count: count))
    }
    if areConstant { return mapText(value, count: count) { body(0, $0, &$1) } }
    return mapTextRows(value, count: count) { row, text, out in (given.map { $0[row] } ?? true) && body(row, text, &out) }
}
