import Columns
import Types

extension Database {
    /// A table for every entity, named by its plural, with a column for every field and one, `row_`, for the order of the records. Links
    /// stay what they are in the data, keys in columns, so that whether the store has followed them rightly is tested too.
    public convenience init(_ data: ReferenceEvaluator) throws {
        try self.init()
        for entity in data.schema.entities {
            let names = entity.fields.map { "\"\($0.name)\"" }
            let types = zip(names, entity.fields).map {
                "\($0) \($1.type == .text || $1.type == .date || $1.type == .time ? "TEXT" : "REAL")"
            }
            try run("CREATE TABLE \"\(entity.plural)\" (row_ INTEGER PRIMARY KEY, \(types.joined(separator: ", ")))")
            let places = Array(repeating: "?", count: names.count + 1).joined(separator: ", ")
            try run("BEGIN")
            for row in 0..<entity.rowCount {
                let cells = entity.fields.indices.map { Cell(data.cells[entity.id.index][$0][row], in: data) }
                _ = try rows("INSERT INTO \"\(entity.plural)\" VALUES (\(places))", [.number(Double(row))] + cells)
            }
            try run("COMMIT")
        }
    }
}

extension Cell {
    /// A value as SQLite would give it; a record by its label.
    public init(_ value: Value, in data: ReferenceEvaluator) {
        switch value {
        case .none: self = .null
        case .number(let number): self = .number(number.doubleValue)
        case .bool(let flag): self = .number(flag ? 1 : 0)
        case .text(let text): self = .text(text)
        case .time(let instant):
            let micros = ((instant % 1_000_000) + 1_000_000) % 1_000_000
            let digits = String(micros)
            let whole = Texts.text(.time(instant - micros), in: data).dropLast()
            self = .text(whole + "." + String(repeating: "0", count: 6 - digits.count) + digits + "Z")
        case .duration(let duration): self = .number(Rules.length(duration) / 86_400_000_000)
        case .date, .period, .record, .list, .set, .table: self = .text(Texts.text(value, in: data))
        }
    }

    /// Whether two cells are the same but for the last digits of a number.
    static func same(_ a: Cell, _ b: Cell) -> Bool {
        if case .number(let x) = a, case .number(let y) = b { return abs(x - y) <= 1e-9 * max(1, abs(x), abs(y)) }
        return a == b
    }
}

extension Agreement {
    /// What an answer says otherwise than SQLite, or nothing.
    ///
    /// Where SQL fixes no order, both sides are put into one: by their cells, numbers rounded enough that last digits do not matter.
    public static func difference(
        _ answer: Answer, _ expected: [[Cell]], isOrdered: Bool, in data: ReferenceEvaluator
    ) -> String? {
        let columns = answer.columns.map { column in (0..<answer.rowCount).map { Cell(column.values.value(at: $0), in: data) } }
        var found = (0..<answer.rowCount).map { row in columns.map { $0[row] } }
        var wanted = expected
        if found.count != wanted.count { return "\(found.count) rows instead of \(wanted.count)" }
        if !isOrdered {
            found.sort { sortKey($0) < sortKey($1) }
            wanted.sort { sortKey($0) < sortKey($1) }
        }
        for (row, pair) in zip(found, wanted).enumerated() {
            if pair.0.count != pair.1.count { return "\(pair.0.count) columns instead of \(pair.1.count)" }
            if !zip(pair.0, pair.1).allSatisfy({ Cell.same($0, $1) }) { return "row \(row): \(pair.0) instead of \(pair.1)" }
        }
        return nil
    }

    private static func sortKey(_ row: [Cell]) -> String {
        row.map { cell in
            switch cell {
            case .null: "-"
            case .number(let number): "\((number * 1e6).rounded())"
            case .text(let text): text
            }
        }.joined(separator: "\u{1f}")
    }
}
