import Types

/// The first characters of a text.
public func left(_ value: Operand, _ size: Operand, count: Int) -> Vector {
    let sizes = IntegerReader(size, count: count)
    return mapTextWith(value, [size], count: count) { row, text, out in
        guard let size = sizes.at(row) else { return false }
        appendCharacters(of: text, from: 0, size, to: &out)
        return true
    }
}

/// The last characters of a text.
public func right(_ value: Operand, _ size: Operand, count: Int) -> Vector {
    let sizes = IntegerReader(size, count: count)
    return mapTextWith(value, [size], count: count) { row, text, out in
        guard let size = sizes.at(row) else { return false }
        let length = characterCount(text)
        appendCharacters(of: text, from: max(0, length - max(0, size)), length, to: &out)
        return true
    }
}

/// A part of a text from a character on; the first is 1.
public func substring(_ value: Operand, _ start: Operand, _ size: Operand, count: Int) -> Vector {
    let starts = IntegerReader(start, count: count)
    let sizes = IntegerReader(size, count: count)
    return mapTextWith(value, [start, size], count: count) { row, text, out in
        guard let start = starts.at(row), let size = sizes.at(row) else { return false }
        // What lies before the first character is nothing, but counts in the size, as in SQL.
        let first = max(start - 1, 0)
        let end = max(first, start - 1 + max(0, size))
        appendCharacters(of: text, from: first, end - first, to: &out)
        return true
    }
}

private func appendCharacters(of text: UnsafeBufferPointer<UInt8>, from start: Int, _ size: Int, to out: inout [UInt8]) {
    guard size > 0 else { return }
    if isPlain(text) {
        let lower = min(start, text.count)
        out.append(contentsOf: text[lower..<min(text.count, lower + min(size, text.count))])
    } else {
        out.append(contentsOf: String(decoding: text, as: UTF8.self).dropFirst(start).prefix(size).utf8)
    }
}

/// The text filled up on the left to a width; a longer one stays as it is, and so does any where nothing is given to fill it with.
public func padLeft(_ value: Operand, _ width: Operand, _ fill: Operand, count: Int) -> Vector {
    let widths = IntegerReader(width, count: count)
    let fills = TextReader(fill)
    return mapTextWith(value, [width, fill], count: count) { row, text, out in
        guard let width = widths.at(row) else { return false }
        let pattern = Array(String(decoding: fills.at(row), as: UTF8.self))
        // A width beyond any screen is a mistake, and must not take all memory.
        let missing = min(width, 10_000) - characterCount(text)
        if missing > 0, !pattern.isEmpty {
            for index in 0..<missing { out.append(contentsOf: pattern[index % pattern.count].utf8) }
        }
        out.append(contentsOf: text)
        return true
    }
}

/// The first letters of the words, in upper case. Words are separated by white space and hyphens; what comes before the first letter or
/// digit of a word is passed over.
public func initials(_ value: Operand, count: Int) -> Vector {
    mapText(value, count: count) { text, out in
        for word in String(decoding: text, as: UTF8.self).split(whereSeparator: { $0.isWhitespace || $0 == "-" }) {
            if let first = word.first(where: { $0.isLetter || $0.isNumber }) { out.append(contentsOf: first.uppercased().utf8) }
        }
        return true
    }
}

/// The domain of an e-mail address or of a web address, in lower case, without `www.`; missing where there is none.
public func domain(_ value: Operand, count: Int) -> Vector {
    mapText(value, count: count) { text, out in
        var host = String(decoding: trimmed(text), as: UTF8.self).lowercased()[...]
        if let scheme = host.firstRange(of: "://") { host = host[scheme.upperBound...] }
        host = host.prefix { $0 != "/" && $0 != "?" && $0 != "#" }
        if let at = host.lastIndex(of: "@") { host = host[host.index(after: at)...] }
        // `Ann <ann@acme.com>` ends in a bracket, and a host may carry a port.
        host = host.prefix { $0 != ":" && $0 != ">" && !$0.isWhitespace }
        if host.hasPrefix("www.") { host = host.dropFirst(4) }
        guard host.contains("."), !host.hasPrefix("."), !host.hasSuffix(".") else { return false }
        out.append(contentsOf: host.utf8)
        return true
    }
}

/// Only the digits of a text; missing where it has none, so that two texts without digits are not taken for one telephone number.
public func digits(_ value: Operand, count: Int) -> Vector {
    mapText(value, count: count) { text, out in
        let start = out.count
        for byte in text where byte &- 48 < 10 { out.append(byte) }
        return out.count > start
    }
}

/// The `&` operator: both values as text, one behind the other; a missing one counts as empty, so the result is never missing.
public func textJoin(_ a: Operand, _ b: Operand, count: Int) -> Vector {
    let left = textOf(a, count: count).textOperand(or: a)
    let right = textOf(b, count: count).textOperand(or: b)
    let (leftTexts, rightTexts) = (TextReader(left), TextReader(right))
    let leftGiven = PresenceReader(left.presence(count: count))
    let rightGiven = PresenceReader(right.presence(count: count))
    var texts = TextStorageBuilder(capacity: count)
    for row in 0..<count {
        texts.append { bytes in
            if leftGiven.at(row) { bytes.append(contentsOf: leftTexts.at(row)) }
            if rightGiven.at(row) { bytes.append(contentsOf: rightTexts.at(row)) }
        }
    }
    return Vector(count: count, .text(texts.finish()))
}

extension Vector {
    /// The texts of an operand, as a constant again where it was one.
    fileprivate func textOperand(or operand: Operand) -> Operand {
        guard case .constant = operand, count > 0 else { return .vector(self) }
        return .constant(value(at: 0))
    }
}

/// Any value as text, written as in an answer.
public func textOf(_ value: Operand, count: Int) -> Vector {
    unary(value, count: count) { vector in
        let total = vector.count
        switch vector.storage {
        case .none: return vector
        case .coded, .text, .numbered: return vector
        case .bool(let bits):
            var words = TextStorageBuilder()
            words.append("false")
            words.append("true")
            let codes: Buffer<UInt8> = mapped(count: total) { bits[$0] ? 1 : 0 }
            let dictionary = TextDictionary(texts: words.finish(), isSorted: true)
            return Vector(count: total, .coded(.uint8(codes), dictionary), validity: vector.validity)
        default:
            var texts = TextStorageBuilder(capacity: total)
            let writer = CellWriter(vector)
            for row in 0..<total { texts.append { writer.append(row, to: &$0) } }
            return Vector(count: total, .text(texts.finish()), validity: Operand.vector(vector).presence(count: total))
        }
    }
}

/// A number from a text that writes one, from a bool (1 or 0) or from a year; missing where there is none.
public func numberOf(_ value: Operand, count: Int) -> Vector {
    unary(value, count: count) { vector in
        let total = vector.count
        switch vector.storage {
        case .decimal, .double: return vector
        case .bool(let bits):
            let numbers: Buffer<Int8> = mapped(count: total) { bits[$0] ? 1 : 0 }
            return Vector(count: total, .decimal(.int8(numbers), scale: 0), validity: vector.validity)
        case .period(.year, let indexes):
            let years: Buffer<Int32> = mapped(count: total) { indexes.base[$0] &+ 1970 }
            return Vector(count: total, .decimal(.int32(years), scale: 0), validity: vector.validity)
        case .coded(let codes, let dictionary) where dictionary.count <= total && dictionary.count > 0:
            var entries = VectorBuilder(type: .number)
            for code in 0..<dictionary.count { entries.append(number(dictionary.texts.bytes(at: code))) }
            let numbers = entries.finish().gathered(codes.widened())
            return Vector(count: total, numbers.storage, validity: both(numbers.validity, vector.validity))
        case .coded, .text, .numbered:
            let reader = TextReader(vector)
            var numbers = VectorBuilder(type: .number)
            for row in 0..<total { numbers.append(vector.isPresent(row) ? number(reader.at(row)) : .none) }
            return numbers.finish()
        default: return .missing(count: total)
        }
    }
}

private func number(_ text: UnsafeBufferPointer<UInt8>) -> Value { parseLooseNumber(text).map(Value.number) ?? .none }
