import Columns
import Foundation
import Types

/// Whether two answers say the same.
public enum Agreement {
    /// How far two doubles may lie apart, in proportion to the larger: sums in another order differ in their last digits.
    private static let tolerance = 1e-9

    /// What the first difference is, or nothing where both agree. Rows are compared in their order, which the language fixes: records
    /// come in the order of their table, groups in that of their first row, and ties keep theirs.
    public static func difference(_ answer: Answer, _ expected: ReferenceAnswer) -> String? {
        let names = answer.columns.map(\.name)
        let wanted = expected.columns.map(\.name)
        if names != wanted { return "columns \(names) instead of \(wanted)" }
        if answer.rowCount != expected.rowCount { return "\(answer.rowCount) rows instead of \(expected.rowCount)" }
        for (column, other) in zip(answer.columns, expected.columns) {
            if column.values.count != answer.rowCount { return "column \(column.name) has \(column.values.count) values" }
            for row in 0..<answer.rowCount {
                let value = column.values.value(at: row)
                if !same(value, other.values[row]) {
                    return "row \(row), \(column.name): \(shown(value)) instead of \(shown(other.values[row]))"
                }
            }
        }
        guard let records = expected.records, let record = answer.record else {
            return (expected.records == nil) == (answer.record == nil) ? nil : "only one answer knows its records"
        }
        for row in 0..<answer.rowCount where !same(record.values.value(at: row), records[row]) {
            return "row \(row) is about \(shown(record.values.value(at: row))) instead of \(shown(records[row]))"
        }
        return nil
    }

    /// Exact numbers have to be equal; doubles nearly.
    public static func same(_ a: Value, _ b: Value) -> Bool {
        switch (a, b) {
        case (.number(let x), .number(let y)):
            let p = x.doubleValue
            let q = y.doubleValue
            // Beyond 15 digits one side may have been a double on its way.
            if case .decimal = x, case .decimal = y, max(abs(p), abs(q)) < 1e15 { return Numbers.order(x, y) == 0 }
            return p == q || abs(p - q) <= tolerance * max(abs(p), abs(q)) || max(abs(p), abs(q)) < 1e-12
        case (.text(let x), .text(let y)): return Array(x.utf8) == Array(y.utf8)
        case (.list(let x), .list(let y)): return x.count == y.count && zip(x, y).allSatisfy { same($0, $1) }
        case (.table(_, let x), .table(_, let y)):
            return x.count == y.count
                && zip(x, y).allSatisfy { $0.count == $1.count && zip($0, $1).allSatisfy { same($0, $1) } }
        // A mean length is rounded to whole microseconds, on one side or the other.
        case (.duration(let x), .duration(let y)): return x.months == y.months && abs(x.microseconds - y.microseconds) <= 1
        default: return a == b
        }
    }

    /// A value as messages show it.
    public static func shown(_ value: Value) -> String { literal(value) ?? "\(value)" }
}
