import Columns
import Types

@testable import Store

/// The value at a row in a form that is easy to compare: numbers with their scale, dates as ISO; none where it is missing.
func cell(_ vector: Vector, _ row: Int) -> String? {
    guard vector.isPresent(row) else { return nil }
    switch vector.storage {
    case .none: return nil
    case .bool(let bits): return bits[row] ? "true" : "false"
    case .decimal(let integers, let scale): return decimal(integer(integers, row), scale)
    case .double(let values): return "\(values[row])"
    case .coded(let codes, let dictionary): return dictionary.texts[code(codes, row)]
    case .text(let texts): return texts[row]
    case .numbered(let numbers, let form): return form.text(of: integer(numbers, row))
    case .date(let days): return iso(days[row])
    case .time(let instants):
        let day = Calendar.day(ofInstant: instants[row])
        let rest = instants[row] - Int64(day) * Calendar.microsecondsPerDay
        let seconds = rest / 1_000_000
        let fraction = rest % 1_000_000
        let time = [seconds / 3600, seconds / 60 % 60, seconds % 60].map { padded($0, 2) }.joined(separator: ":")
        return "\(iso(day))T\(time)" + (fraction == 0 ? "" : "." + padded(fraction, 6))
    default: return "?"
    }
}

private func integer(_ integers: Integers, _ row: Int) -> Int64 {
    switch integers {
    case .int8(let values): Int64(values[row])
    case .int16(let values): Int64(values[row])
    case .int32(let values): Int64(values[row])
    case .int64(let values): values[row]
    }
}

private func code(_ codes: Codes, _ row: Int) -> Int {
    switch codes {
    case .uint8(let values): Int(values[row])
    case .uint16(let values): Int(values[row])
    case .uint32(let values): Int(values[row])
    }
}

private func decimal(_ units: Int64, _ scale: Int) -> String {
    guard scale > 0 else { return "\(units)" }
    let digits = padded(Int64(units.magnitude), scale + 1)
    return (units < 0 ? "-" : "") + digits.dropLast(scale) + "." + digits.suffix(scale)
}

private func padded(_ value: Int64, _ width: Int) -> String {
    let digits = "\(value)"
    return String(repeating: "0", count: max(0, width - digits.count)) + digits
}

private func iso(_ day: Int32) -> String {
    let date = Calendar.civil(day)
    return "\(padded(Int64(date.year), 4))-\(padded(Int64(date.month), 2))-\(padded(Int64(date.day), 2))"
}

extension LoadedTable {
    /// All values of a column.
    func values(_ column: Int) -> [String?] { (0..<rowCount).map { cell(columns[column].values, $0) } }
    func values(_ header: String) -> [String?]? { columns.firstIndex { $0.header == header }.map { values($0) } }
    var rows: [[String?]] { (0..<rowCount).map { row in columns.map { cell($0.values, row) } } }
}

/// Loads one file of the given bytes.
func load(_ bytes: [UInt8], as name: String = "t.csv", _ options: LoadOptions = LoadOptions()) throws -> LoadedSources {
    let folder = TemporaryFolder()
    return try loadTables(from: [folder.write(name, bytes)], options: options)
}

func load(_ text: String, as name: String = "t.csv", _ options: LoadOptions = LoadOptions()) throws -> LoadedSources {
    try load(Array(text.utf8), as: name, options)
}

/// What a column of these values becomes.
func column(_ values: [String], _ options: LoadOptions = LoadOptions()) throws -> (
    type: ValueType, values: [String?], sources: LoadedSources
) {
    let text = "n\tx\n" + values.enumerated().map { "row\($0.offset)\t\($0.element)\n" }.joined()
    let sources = try load(text, as: "t.tsv", options)
    return (sources.tables[0].columns[1].type, sources.tables[0].values(1), sources)
}

extension LoadedSources {
    func problem(_ kind: DataProblem.Kind) -> DataProblem? { problems.first { $0.kind == kind } }
}
