import Types

/// How much two texts are alike, from 0 to 1, case and accents apart; missing where one is.
///
/// The measure is that of Jaro as extended by Winkler: W. E. Winkler, "String Comparator Metrics and Enhanced Decision Rules in the
/// Fellegi-Sunter Model of Record Linkage" (1990), with his prefix of at most four characters that counts 0.1 each. O(length²) a pair,
/// short for names.
public func similarity(_ a: Operand, _ b: Operand, count: Int) -> Vector {
    checkCount(a, count)
    checkCount(b, count)
    guard a.kind == .text, b.kind == .text else { return .missing(count: count) }
    let left = FoldedTexts(a)
    let right = FoldedTexts(b)
    let valid = both(a.presence(count: count), b.presence(count: count))
    var matcher = JaroWinkler()
    let scores = mapped(count: count) { matcher.similarity(left.at($0), right.at($0)) }
    return Vector(count: count, .double(scores), validity: valid)
}

/// How much two texts are alike, case and accents apart.
public func similarity(_ a: String, _ b: String) -> Double {
    var matcher = JaroWinkler()
    return matcher.similarity(Array(folded(a).unicodeScalars.map(\.value)), Array(folded(b).unicodeScalars.map(\.value)))
}

/// The folded code points of texts; of a dictionary's entries once.
private struct FoldedTexts {
    private let entries: [[UInt32]]
    private let codes: Buffer<Int32>?
    private let rowMask: Int

    init(_ operand: Operand) {
        var texts: TextStorage
        switch operand {
        case .vector(let vector):
            rowMask = -1
            switch vector.storage {
            case .coded(let own, let dictionary) where dictionary.count > 0 && dictionary.count <= vector.count:
                codes = own.widened()
                texts = dictionary.texts
            case .coded(let own, let dictionary) where dictionary.count > 0:
                codes = nil
                texts = dictionary.texts.gathered(own.widened())
            case .text(let own):
                codes = nil
                texts = own
            case .numbered(let numbers, let form):
                codes = nil
                texts = form.texts(numbers)
            default:
                codes = nil
                texts = TextStorage(offsets: Buffer(repeating: 0, count: vector.count + 1), bytes: Buffer([]))
            }
        case .constant(let value):
            rowMask = 0
            codes = nil
            var builder = TextStorageBuilder()
            if case .text(let text) = value { builder.append(text) } else { builder.append("") }
            texts = builder.finish()
        }
        var bytes: [UInt8] = []
        entries = (0..<texts.count).map { index in
            bytes.removeAll(keepingCapacity: true)
            appendFolded(texts.bytes(at: index), to: &bytes)
            return bytes.withUnsafeBufferPointer { folded in
                var points: [UInt32] = []
                points.reserveCapacity(folded.count)
                var position = 0
                while position < folded.count {
                    let (point, length) = codePoint(folded, position)
                    points.append(point)
                    position += length
                }
                return points
            }
        }
    }

    @inline(__always)
    func at(_ row: Int) -> [UInt32] { entries[codes.map { Int($0.base[row]) } ?? (row & rowMask)] }
}

/// Keeps its scratch space from pair to pair.
public struct JaroWinkler: Sendable {
    private var leftMatched: [Bool] = []
    private var rightMatched: [Bool] = []

    public init() {}

    /// From 0 to 1; two empty texts are alike.
    public mutating func similarity(_ a: [UInt32], _ b: [UInt32]) -> Double {
        if a == b { return 1 }
        if a.isEmpty || b.isEmpty { return 0 }
        let jaro = jaro(a, b)
        var prefix = 0
        while prefix < min(4, a.count, b.count), a[prefix] == b[prefix] { prefix += 1 }
        return jaro + Double(prefix) * 0.1 * (1 - jaro)
    }

    private mutating func jaro(_ a: [UInt32], _ b: [UInt32]) -> Double {
        let window = max(0, max(a.count, b.count) / 2 - 1)
        leftMatched.removeAll(keepingCapacity: true)
        rightMatched.removeAll(keepingCapacity: true)
        leftMatched.append(contentsOf: repeatElement(false, count: a.count))
        rightMatched.append(contentsOf: repeatElement(false, count: b.count))
        var matches = 0
        for i in a.indices {
            let lower = max(0, i - window)
            let upper = min(b.count, i + window + 1)
            guard lower < upper else { continue }
            for j in lower..<upper where !rightMatched[j] && a[i] == b[j] {
                leftMatched[i] = true
                rightMatched[j] = true
                matches += 1
                break
            }
        }
        if matches == 0 { return 0 }
        var misplaced = 0
        var j = 0
        for i in a.indices where leftMatched[i] {
            while !rightMatched[j] { j += 1 }
            if a[i] != b[j] { misplaced += 1 }
            j += 1
        }
        let m = Double(matches)
        return (m / Double(a.count) + m / Double(b.count) + (m - Double(misplaced / 2)) / m) / 3
    }
}
