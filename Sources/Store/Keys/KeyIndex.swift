import Columns
import Types

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// Finds the row whose key (or label) is a given value.
///
/// Texts are found by their exact bytes. Integers are found in a plain array where they lie close together, otherwise by hash. A
/// number meets a text when its decimal digits are that text.
final class KeyIndex: Sendable {
    /// What a value that several rows have leads to.
    enum Repeats: Sendable {
        /// The first of the rows: for keys, of which each row should have its own.
        case first
        /// None of them: for labels, since it is not known which is meant.
        case none
    }

    enum Storage: Sendable {
        case texts(Texts)
        /// Row, or -1, of the integer `lowest + position`.
        case dense(lowest: Int64, rows: Buffer<Int32>)
        case integers(KeySlots, values: Buffer<Int64>, rows: Buffer<Int32>)
    }

    struct Texts: Sendable {
        let slots: KeySlots
        let storage: TextStorage
        /// The row of each entry of the storage, -1 for none.
        let rows: Buffer<Int32>
        /// How many leading bytes count: 15 for Salesforce ids, of which the 18-character form only adds a checksum.
        let length: Int?
        /// The number of digits where all keys are digits of one number: a column that lost its leading zeros finds them again.
        let paddedDigits: Int?
    }

    let storage: Storage
    /// Where the keys are numbered texts, how they are written; the integers are then their numbers.
    let form: NumberedForm?
    /// Whether all numbered texts have as many digits, so that a number without its leading zeros still tells which is meant.
    private let hasOneWidth: Bool

    /// None for a column whose values cannot be keys: dates, truth values, numbers with a fraction.
    init?(_ vector: Vector, repeats: Repeats, truncatedTo length: Int? = nil) {
        var form: NumberedForm?
        var hasOneWidth = false
        switch vector.storage {
        case .numbered(let numbers, let own) where length != nil:
            let spelled = Vector(count: vector.count, .text(own.texts(numbers)), validity: vector.validity)
            guard let texts = Self.texts(spelled, repeats: repeats, length: length) else { return nil }
            storage = .texts(texts)
        case .numbered(let numbers, let own):
            let integers = Vector(count: vector.count, .decimal(numbers, scale: 0), validity: vector.validity)
            guard let found = Self.integers(integers, repeats: repeats) else { return nil }
            storage = found
            form = own
            hasOneWidth = own.ordersByNumber(numbers)
        case .coded, .text:
            guard let texts = Self.texts(vector, repeats: repeats, length: length) else { return nil }
            storage = .texts(texts)
        case .decimal, .double:
            guard let found = Self.integers(vector, repeats: repeats) else { return nil }
            storage = found
        default: return nil
        }
        self.form = form
        self.hasOneWidth = hasOneWidth
    }

    /// The row of a text, or none.
    @inline(__always)
    func row(ofText bytes: UnsafeBufferPointer<UInt8>) -> Int32? {
        switch storage {
        case .texts(let texts): texts.row(of: bytes)
        case .dense, .integers:
            if let form {
                form.number(of: bytes).flatMap(row(ofNumber:))
            } else {
                KeyDigits.integer(bytes).flatMap(row(ofNumber:))
            }
        }
    }

    func row(ofText text: String) -> Int32? {
        var text = text
        return text.withUTF8 { row(ofText: $0) }
    }

    @inline(__always)
    func row(ofInteger value: Int64) -> Int32? {
        guard let form else { return row(ofNumber: value) }
        guard form.prefix.isEmpty, value >= 0 else { return nil }
        return hasOneWidth ? row(ofNumber: value) : KeyDigits.withDigits(value, paddedTo: nil) { row(ofText: $0) }
    }

    /// The row of an integer among the keys, or among the numbers of numbered keys.
    @inline(__always)
    private func row(ofNumber value: Int64) -> Int32? {
        switch storage {
        case .dense(let lowest, let rows):
            let (position, overflow) = value.subtractingReportingOverflow(lowest)
            guard !overflow, position >= 0, position < Int64(rows.count) else { return nil }
            let row = rows.base[Int(position)]
            return row < 0 ? nil : row
        case .integers(let slots, let values, let rows):
            guard let entry = slots.find(KeyHash.hash(value), isSame: { values.base[$0] == value }) else { return nil }
            let row = rows.base[entry]
            return row < 0 ? nil : row
        case .texts(let texts):
            return KeyDigits.withDigits(value, paddedTo: nil) { texts.row(of: $0) }
                ?? texts.paddedDigits.flatMap { width in KeyDigits.withDigits(value, paddedTo: width) { texts.row(of: $0) } }
        }
    }
}

extension KeyIndex.Texts {
    @inline(__always)
    func row(of bytes: UnsafeBufferPointer<UInt8>) -> Int32? {
        let bytes = truncated(bytes)
        let entry = slots.find(KeyHash.hash(bytes)) { entry in
            KeyIndex.same(bytes, truncated(storage.bytes(at: entry)))
        }
        guard let entry else { return nil }
        let row = rows.base[entry]
        return row < 0 ? nil : row
    }

    @inline(__always)
    private func truncated(_ bytes: UnsafeBufferPointer<UInt8>) -> UnsafeBufferPointer<UInt8> {
        KeyIndex.truncated(bytes, to: length)
    }
}

extension KeyIndex {
    @inline(__always)
    static func truncated(_ bytes: UnsafeBufferPointer<UInt8>, to length: Int?) -> UnsafeBufferPointer<UInt8> {
        guard let length, bytes.count > length else { return bytes }
        return UnsafeBufferPointer(rebasing: bytes[..<length])
    }

    @inline(__always)
    static func same(_ a: UnsafeBufferPointer<UInt8>, _ b: UnsafeBufferPointer<UInt8>) -> Bool {
        guard a.count == b.count else { return false }
        guard let left = a.baseAddress, let right = b.baseAddress else { return true }
        return memcmp(left, right, a.count) == 0
    }

    private static func texts(_ vector: Vector, repeats: Repeats, length: Int?) -> Texts? {
        let storage: TextStorage
        var rows: [Int32]
        switch vector.storage {
        case .text(let texts):
            storage = texts
            rows = (0..<Int32(vector.count)).map { vector.isPresent(Int($0)) ? $0 : -1 }
        case .coded(let codes, let dictionary):
            storage = dictionary.texts
            rows = Array(repeating: -1, count: dictionary.count)
            var isRepeated = Set<Int>()
            codes.forEachCode { row, code in
                guard vector.isPresent(row) else { return }
                if rows[code] < 0 { rows[code] = Int32(row) } else if repeats == .none { isRepeated.insert(code) }
            }
            for code in isRepeated { rows[code] = -1 }
        default: return nil
        }
        var isRepeated = Set<Int>()
        let slots = KeySlots(
            count: storage.count,
            hash: { rows[$0] < 0 ? nil : KeyHash.hash(truncated(storage.bytes(at: $0), to: length)) },
            isSame: { same(truncated(storage.bytes(at: $0), to: length), truncated(storage.bytes(at: $1), to: length)) },
            repeated: { first, _ in if repeats == .none { isRepeated.insert(first) } })
        for entry in isRepeated { rows[entry] = -1 }
        return Texts(
            slots: slots, storage: storage, rows: Buffer(rows), length: length,
            paddedDigits: KeyDigits.commonWidth(storage))
    }

    private static func integers(_ vector: Vector, repeats: Repeats) -> Storage? {
        var values: [Int64] = []
        var rows: [Int32] = []
        values.reserveCapacity(vector.count)
        rows.reserveCapacity(vector.count)
        for row in 0..<vector.count where vector.isPresent(row) {
            guard let value = vector.integerValue(at: row) else { return nil }
            values.append(value)
            rows.append(Int32(row))
        }
        guard let lowest = values.min(), let highest = values.max() else { return nil }
        let (span, overflow) = highest.subtractingReportingOverflow(lowest)
        if !overflow, span < Int64(values.count) * 4 + 64 {
            return .dense(lowest: lowest, rows: dense(values, rows, lowest: lowest, span: Int(span), repeats))
        }
        var isRepeated = Set<Int>()
        let slots = KeySlots(
            count: values.count, hash: { KeyHash.hash(values[$0]) }, isSame: { values[$0] == values[$1] },
            repeated: { first, _ in if repeats == .none { isRepeated.insert(first) } })
        for entry in isRepeated { rows[entry] = -1 }
        return .integers(slots, values: Buffer(values), rows: Buffer(rows))
    }

    private static func dense(
        _ values: [Int64], _ rows: [Int32], lowest: Int64, span: Int, _ repeats: Repeats
    ) -> Buffer<Int32> {
        var table = [Int32](repeating: -1, count: span + 1)
        var isRepeated = Set<Int>()
        for (value, row) in zip(values, rows) {
            let place = Int(value - lowest)
            if table[place] < 0 { table[place] = row } else if repeats == .none { isRepeated.insert(place) }
        }
        for place in isRepeated { table[place] = -1 }
        return Buffer(table)
    }
}
