import Columns
import Types

/// Where the values of a column lead: the row of another entity for each row, or -1.
struct Reference: Sendable {
    var rows: Buffer<Int32>
    /// Rows that have a value.
    var presentCount: Int
    /// Rows whose value leads nowhere.
    var danglingCount: Int
    /// Whether the values were found among the labels rather than the keys.
    var isByLabel = false

    /// The part of the present values that lead somewhere; 0 where there are none.
    var hitRate: Double {
        presentCount == 0 ? 0 : Double(presentCount - danglingCount) / Double(presentCount)
    }
}

/// Finds the records that columns refer to: by key, and what no key has, by label.
///
/// Salesforce writes its ids with 15 characters or with 18; where both occur, the first 15 are compared, case and all.
struct ReferenceFinder: Sendable {
    let keys: KeyIndex?
    let labels: KeyIndex?
    /// Keys by their first 15 characters, where they are Salesforce ids.
    let shortKeys: KeyIndex?

    init(key: Vector?, label: Vector?) {
        keys = key.flatMap { KeyIndex($0, repeats: .first) }
        labels = label.flatMap { KeyIndex($0, repeats: .none) }
        shortKeys = key.flatMap {
            SalesforceID.areIDs($0) ? KeyIndex($0, repeats: .first, truncatedTo: SalesforceID.shortLength) : nil
        }
    }

    /// The rows that a column leads to; by label only where that finds more than the keys do.
    func resolve(_ column: Vector) -> Reference {
        guard let keys else { return labels.map { resolveByLabel(column, $0) } ?? Self.nowhere(column) }
        if let reference = Self.resolveByNumber(column, keys), reference.danglingCount == 0 || labels == nil { return reference }
        var reference = Self.resolve(column) {
            row(ofText: $0, in: keys)
        } integer: {
            keys.row(ofInteger: $0)
        }
        guard reference.danglingCount > 0, let labels, column.holdsText else { return reference }
        let byKey = reference.presentCount - reference.danglingCount
        reference = Self.resolve(column) {
            row(ofText: $0, in: keys) ?? labels.row(ofText: $0)
        } integer: {
            keys.row(ofInteger: $0)
        }
        let byLabel = reference.presentCount - reference.danglingCount - byKey
        reference.isByLabel = byLabel > byKey
        return reference
    }

    private func resolveByLabel(_ column: Vector, _ labels: KeyIndex) -> Reference {
        var reference = Self.resolve(column) {
            labels.row(ofText: $0)
        } integer: {
            labels.row(ofInteger: $0)
        }
        reference.isByLabel = true
        return reference
    }

    /// The row whose key a text is.
    func row(ofKey text: String) -> Int32? {
        guard let keys else { return nil }
        var text = text
        return text.withUTF8 { row(ofText: $0, in: keys) }
    }

    @inline(__always)
    private func row(ofText bytes: UnsafeBufferPointer<UInt8>, in keys: KeyIndex) -> Int32? {
        if let row = keys.row(ofText: bytes) { return row }
        guard let shortKeys, SalesforceID.isLength(bytes.count) else { return nil }
        return shortKeys.row(ofText: bytes)
    }

    private static func nowhere(_ column: Vector) -> Reference {
        let present = (0..<column.count).reduce(0) { $0 + (column.isPresent($1) ? 1 : 0) }
        return Reference(rows: Buffer(repeating: -1, count: column.count), presentCount: present, danglingCount: present)
    }

    /// Looks numbered texts up by their numbers where the keys are written in the same way; none where they are not, or lie far apart.
    private static func resolveByNumber(_ column: Vector, _ keys: KeyIndex) -> Reference? {
        guard case .numbered(let numbers, let form) = column.storage, form == keys.form,
            case .dense(let lowest, let table) = keys.storage
        else { return nil }
        return switch numbers {
        case .int8(let own): resolve(own, column.validity, lowest, table)
        case .int16(let own): resolve(own, column.validity, lowest, table)
        case .int32(let own): resolve(own, column.validity, lowest, table)
        case .int64(let own): resolve(own, column.validity, lowest, table)
        }
    }

    @inline(__always)
    private static func resolve<Element: FixedWidthInteger>(
        _ numbers: Buffer<Element>, _ validity: Bitmap?, _ lowest: Int64, _ table: Buffer<Int32>
    ) -> Reference {
        var present = 0
        var found = 0
        let words = validity?.words.base
        let rows = Buffer<Int32>(capacity: numbers.count) { memory in
            for row in 0..<numbers.count {
                var target: Int32 = -1
                if words.map({ $0[row >> 6] &>> UInt64(truncatingIfNeeded: row & 63) & 1 != 0 }) ?? true {
                    present &+= 1
                    let place = Int64(truncatingIfNeeded: numbers.base[row]) &- lowest
                    if place >= 0, place < Int64(table.count) { target = table.base[Int(place)] }
                    if target >= 0 { found &+= 1 }
                }
                memory[row] = target
            }
            return numbers.count
        }
        return Reference(rows: rows, presentCount: present, danglingCount: present - found)
    }

    /// Looks up every row, or every dictionary entry once where the column has a dictionary.
    private static func resolve(
        _ column: Vector, text: (UnsafeBufferPointer<UInt8>) -> Int32?, integer: (Int64) -> Int32?
    ) -> Reference {
        var present = 0
        var dangling = 0
        let rows = Buffer<Int32>(capacity: column.count) { memory in
            memory.initialize(repeating: -1)
            func enter(_ row: Int, _ found: Int32) {
                present += 1
                if found < 0 { dangling += 1 } else { memory[row] = found }
            }
            switch column.storage {
            case .coded(let codes, let dictionary):
                let found = (0..<dictionary.count).map { text(dictionary.texts.bytes(at: $0)) ?? -1 }
                codes.forEachCode { row, code in
                    if column.isPresent(row) { enter(row, found[code]) }
                }
            case .text(let texts):
                for row in 0..<column.count where column.isPresent(row) { enter(row, text(texts.bytes(at: row)) ?? -1) }
            case .numbered(let numbers, let form):
                for row in 0..<column.count where column.isPresent(row) {
                    enter(row, form.withText(of: numbers[row]) { text($0) } ?? -1)
                }
            case .decimal, .double:
                for row in 0..<column.count where column.isPresent(row) {
                    enter(row, column.integerValue(at: row).flatMap(integer) ?? -1)
                }
            default:
                for row in 0..<column.count where column.isPresent(row) { enter(row, -1) }
            }
            return column.count
        }
        return Reference(rows: rows, presentCount: present, danglingCount: dangling)
    }
}
