import Types

public typealias SortKey = (values: Vector, descending: Bool)

/// A column made ready for sorting: a word a row that orders as the values do, and where that is not enough the texts behind it.
///
/// Missing values come last whichever way the order runs, so they have bits of their own.
struct PreparedKey {
    /// Smaller first, descending already turned round.
    let words: Buffer<UInt64>
    /// Bits of the rows whose value is missing.
    let missing: Bitmap?
    /// Where words are only the first eight bytes of texts.
    let texts: TextReader?
    let descending: Bool

    /// `ranksTexts` replaces plain texts by their places among each other, which costs a sort but makes the words suffice.
    init(_ values: Vector, descending: Bool, ranksTexts: Bool, checkpoint: () throws -> Void) rethrows {
        self.descending = descending
        let operand = Operand.vector(values)
        missing = operand.presence(count: values.count)?.not()
        let mask: UInt64 = descending ? ~0 : 0
        var texts: TextReader?
        switch values.storage {
        case .none, .set, .list, .table: words = Buffer(repeating: 0, count: values.count)
        case .bool(let bits): words = mapped(count: values.count) { (bits[$0] ? 1 : 0) ^ mask }
        case .decimal(let integers, _):
            let units = integers.widened()
            words = mapped(count: values.count) { Self.word(units.base[$0]) ^ mask }
        case .double(let doubles): words = mapped(count: values.count) { Self.word(doubles.base[$0]) ^ mask }
        case .date(let days), .period(_, let days), .record(_, let days):
            words = mapped(count: values.count) { Self.word(Int64(days.base[$0])) ^ mask }
        case .time(let instants): words = mapped(count: values.count) { Self.word(instants.base[$0]) ^ mask }
        case .duration:
            guard case .column(let lengths) = operand.durationLengths() else {
                words = Buffer(repeating: 0, count: values.count)
                break
            }
            words = mapped(count: values.count) { Self.word(lengths.base[$0]) ^ mask }
        case .coded(let codes, let dictionary) where dictionary.isSorted:
            let own = codes.widened()
            words = mapped(count: values.count) { UInt64(own.base[$0]) ^ mask }
        case .coded(let codes, let dictionary) where dictionary.count <= values.count && dictionary.count > 0:
            let own = codes.widened()
            let ranks = try Self.ranks(dictionary.texts, checkpoint)
            words = mapped(count: values.count) { UInt64(ranks[Int(own.base[$0])]) ^ mask }
        case .numbered(let numbers, let form) where form.ordersByNumber(numbers):
            let own = numbers.widened()
            words = mapped(count: values.count) { Self.word(own.base[$0]) ^ mask }
        case .coded, .text, .numbered:
            let reader = TextReader(values)
            if ranksTexts {
                let ranks = try Self.ranks(count: values.count, checkpoint) { reader.at($0) }
                words = mapped(count: values.count) { UInt64(ranks[$0]) ^ mask }
            } else {
                words = mapped(count: values.count) { Self.prefix(reader.at($0)) ^ mask }
                texts = reader
            }
        }
        self.texts = texts
    }

    /// Signed order as unsigned order.
    @inline(__always)
    private static func word(_ value: Int64) -> UInt64 { UInt64(bitPattern: value) ^ (1 << 63) }

    /// The order of doubles as unsigned order: the bits of negative numbers run backwards. -0 counts as 0.
    @inline(__always)
    private static func word(_ value: Double) -> UInt64 {
        let bits = (value + 0).bitPattern
        return bits ^ ((bits >> 63) != 0 ? ~0 : 1 << 63)
    }

    /// The first eight bytes, the first one highest.
    @inline(__always)
    private static func prefix(_ text: UnsafeBufferPointer<UInt8>) -> UInt64 {
        var word: UInt64 = 0
        for index in 0..<min(8, text.count) { word |= UInt64(text[index]) << UInt64(56 - 8 * index) }
        return word
    }

    private static func ranks(_ texts: TextStorage, _ checkpoint: () throws -> Void) rethrows -> [Int32] {
        try ranks(count: texts.count, checkpoint) { texts.bytes(at: $0) }
    }

    /// The place of each text among the different ones. O(n log n) comparisons, most of them of eight bytes at once.
    private static func ranks(
        count: Int, _ checkpoint: () throws -> Void, _ text: (Int) -> UnsafeBufferPointer<UInt8>
    ) rethrows -> [Int32] {
        var order = (0..<count).map { (prefix: prefix(text($0)), row: Int32($0)) }
        var comparisons = 0
        try order.sort { a, b in
            comparisons &+= 1
            if comparisons & 0xFFFF == 0 { try checkpoint() }
            return a.prefix != b.prefix ? a.prefix < b.prefix : compareBytes(text(Int(a.row)), text(Int(b.row))) < 0
        }
        var ranks = [Int32](repeating: 0, count: count)
        var rank: Int32 = 0
        for index in order.indices.dropFirst() {
            if compareBytes(text(Int(order[index - 1].row)), text(Int(order[index].row))) != 0 { rank += 1 }
            ranks[Int(order[index].row)] = rank
        }
        return ranks
    }

    /// Plain pointers, so that a comparison counts no references; the memory is alive as long as the key is.
    fileprivate struct View {
        let words: UnsafePointer<UInt64>
        let missing: UnsafePointer<UInt64>?
        let texts: TextReader.View?
        let descending: Bool

        /// Below 0, 0 or above 0: the order of two rows by this key.
        @inline(__always)
        func compare(_ a: Int, _ b: Int) -> Int {
            if let missing {
                let first = (missing[a >> 6] &>> UInt64(truncatingIfNeeded: a & 63)) & 1
                let second = (missing[b >> 6] &>> UInt64(truncatingIfNeeded: b & 63)) & 1
                if first | second != 0 { return Int(truncatingIfNeeded: first) &- Int(truncatingIfNeeded: second) }
            }
            let (left, right) = (words[a], words[b])
            if left != right { return left < right ? -1 : 1 }
            guard let texts else { return 0 }
            let order = compareBytes(texts.at(a), texts.at(b))
            return descending ? -order : order
        }
    }

    fileprivate var view: View {
        View(words: words.base, missing: missing?.words.base, texts: texts?.view, descending: descending)
    }
}

/// The order of rows by several keys; rows that tie stay in the order of their numbers.
struct RowOrder {
    /// Keeps the memory of the views alive.
    private let keys: [PreparedKey]
    /// The first key mostly decides, and is mostly the only one.
    private let first: PreparedKey.View?
    private let others: [PreparedKey.View]

    init(_ keys: [SortKey], count: Int) {
        for key in keys { precondition(key.values.count == count) }
        self.keys = keys.map { PreparedKey($0.values, descending: $0.descending, ranksTexts: false, checkpoint: {}) }
        first = self.keys.first?.view
        others = self.keys.dropFirst().map(\.view)
    }

    @inline(__always)
    func precedes(_ a: Int32, _ b: Int32) -> Bool {
        guard let first else { return a < b }
        let order = first.compare(Int(a), Int(b))
        if order != 0 { return order < 0 }
        for key in others {
            let order = key.compare(Int(a), Int(b))
            if order != 0 { return order < 0 }
        }
        return a < b
    }
}
