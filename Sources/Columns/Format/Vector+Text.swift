import Types

extension Vector {
    /// Writes the value at a row in UTF-8 as answers show it; nothing where it is missing. Records are written by their row number, since
    /// their labels belong to the store; the elements of lists and sets are separated by a comma and a space.
    public func appendText(of row: Int, to bytes: inout [UInt8]) {
        precondition(row >= 0 && row < count)
        guard isPresent(row) else { return }
        switch storage {
        case .none: break
        case .text(let texts): bytes.append(contentsOf: texts.bytes(at: row))
        case .coded(let codes, let dictionary): bytes.append(contentsOf: dictionary.texts.bytes(at: codes[row]))
        case .decimal(let integers, let scale): appendDecimal(units: integers[row], scale: scale, to: &bytes)
        case .double(let values): appendDouble(values[row], to: &bytes)
        case .date(let days): appendDate(days[row], to: &bytes)
        case .time(let instants): appendTime(instants[row], to: &bytes)
        case .list(let segments, let values):
            for element in segments.range(row) {
                if element > segments.range(row).lowerBound { bytes.append(contentsOf: ", ".utf8) }
                values.appendText(of: element, to: &bytes)
            }
        default: Columns.appendText(of: value(at: row), to: &bytes)
        }
    }
}

/// Writes a value in UTF-8 as answers show it; nothing for none.
public func appendText(of value: Value, to bytes: inout [UInt8]) {
    switch value {
    case .none: break
    case .text(let text): bytes.append(contentsOf: text.utf8)
    case .number(let number): appendNumber(number, to: &bytes)
    case .bool(let flag): bytes.append(contentsOf: (flag ? "true" : "false").utf8)
    case .date(let day): appendDate(day, to: &bytes)
    case .time(let microseconds): appendTime(microseconds, to: &bytes)
    case .duration(let duration): appendDuration(duration, to: &bytes)
    case .period(let period): appendPeriod(period, to: &bytes)
    case .record(_, let row): appendDecimal(units: Int64(row), scale: 0, to: &bytes)
    case .set(_, let rows): appendSeparated(rows.map { Value.number(Number(Int($0))) }, to: &bytes)
    case .list(let values): appendSeparated(values, to: &bytes)
    case .table(_, let rows): appendSeparated(rows.map { Value.list($0) }, separator: "; ", to: &bytes)
    }
}

private func appendSeparated(_ values: [Value], separator: String = ", ", to bytes: inout [UInt8]) {
    for (index, value) in values.enumerated() {
        if index > 0 { bytes.append(contentsOf: separator.utf8) }
        appendText(of: value, to: &bytes)
    }
}
