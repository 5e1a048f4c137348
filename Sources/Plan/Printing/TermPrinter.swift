import Resolve
import Syntax
import Types

/// Writes terms much as a person would have asked them, for `explain`.
public struct TermPrinter {
    let schema: Schema
    /// The names of columns, where they have one.
    let slotNames: [SlotID: String]

    public init(schema: Schema, slotNames: [SlotID: String]) {
        self.schema = schema
        self.slotNames = slotNames
    }

    public func text(_ term: Term) -> String {
        switch term {
        case .constant(let value, _): return text(value)
        case .slot(let slot, _): return name(of: slot)
        case .element(let level, _): return level == 1 ? "each" : "each\(level)"
        case .edge: return "edge"
        case .field(let record, let field): return "\(text(record)).\(schema[field].name)"
        case .toOne(let record, let link), .toMany(let record, let link): return "\(text(record)).\(schema[link].name)"
        case .all(let entity): return schema[entity].plural
        case .records(let entity, let rows): return "\(rows.count) \(schema[entity].plural)"
        case .filter(let set, _, let condition): return "\(text(set))[\(text(condition))]"
        case .repeated(let start, _, let steps, let hops): return "\(text(start)).\(repeated(steps))\(hops.text)"
        case .map(let set, _, let body): return "\(text(set)).(\(text(body)))"
        case .pick(let set, _, let keys, let limit, let single, let fromEnd):
            let function = single ? (fromEnd ? "last" : "first") : "top"
            let amount = single ? "" : "\(limit), "
            return "\(function)(\(amount)\(text(set))\(keys.isEmpty ? "" : " by " + text(keys)))"
        case .aggregate(let kind, let values): return "\(kind.name)(\(text(values)))"
        case .isEmpty(let set): return "no \(text(set))"
        case .contains(let set, let record): return "\(text(record)) in \(text(set))"
        case .binary(let operation, let left, let right, _): return "(\(text(left)) \(operation.rawValue) \(text(right)))"
        case .not(let operand): return "not \(text(operand))"
        case .negate(let operand): return "-\(text(operand))"
        case .isIn(let operand, let values): return "\(text(operand)) in (\(values.map(text).joined(separator: ", ")))"
        case .conditional(let condition, let then, let otherwise, _):
            return "if \(text(condition)) then \(text(then)) else \(text(otherwise))"
        case .call(let function, let arguments, _): return "\(function)(\(arguments.map(text).joined(separator: ", ")))"
        case .table(let set, _, let columns):
            return "\(text(set)) {\(columns.map { "\($0.name) = \(text($0.value))" }.joined(separator: ", "))}"
        }
    }

    /// The steps of repeated links as they are written, without the record from which each of them starts.
    func repeated(_ steps: [Term]) -> String {
        let texts = steps.map(step)
        return texts.count == 1 ? texts[0] : "(" + texts.joined(separator: ", ") + ")"
    }

    private func step(_ term: Term) -> String {
        switch term {
        case .toMany(.element, let link), .toOne(.element, let link): schema[link].name
        case .toMany(let start, let link), .toOne(let start, let link): "\(step(start)).\(schema[link].name)"
        case .filter(let set, _, let condition): "\(step(set))[\(text(condition))]"
        default: text(term)
        }
    }

    public func text(_ keys: [TermSortKey]) -> String {
        keys.map { ($0.descending ? "-" : "") + text($0.value) }.joined(separator: ", ")
    }

    func name(of slot: SlotID) -> String { slotNames[slot] ?? "#\(slot.index)" }

    func text(_ value: Value) -> String {
        switch value {
        case .none: return "none"
        case .text(let text): return "\"\(text)\""
        case .number(.decimal(let units, let scale)): return decimal(units, scale: scale)
        case .number(.double(let double)): return "\(double)"
        case .bool(let bool): return "\(bool)"
        case .date(let day): return date(day)
        case .time(let instant): return time(instant)
        case .duration(let duration): return self.duration(duration)
        case .period(let period): return "\(period.unit.rawValue) of \(date(period.firstDay))"
        case .record(let entity, let row): return "\(schema[entity].name) #\(row)"
        case .set(let entity, let rows): return "\(rows.count) \(schema[entity].plural)"
        case .list(let values): return "(\(values.map(text).joined(separator: ", ")))"
        case .table(_, let rows): return "a table of \(rows.count) rows"
        }
    }

    private func decimal(_ units: Int64, scale: Int) -> String {
        let digits = String(units.magnitude)
        let padded = String(repeating: "0", count: max(0, scale + 1 - digits.count)) + digits
        let sign = units < 0 ? "-" : ""
        return scale == 0 ? sign + padded : "\(sign)\(padded.dropLast(scale)).\(padded.suffix(scale))"
    }

    private func date(_ day: Int32) -> String {
        let civil = Calendar.civil(day)
        return "\(civil.year)-\(twoDigits(civil.month))-\(twoDigits(civil.day))"
    }

    private func time(_ instant: Int64) -> String {
        let day = Calendar.day(ofInstant: instant)
        let seconds = Int((instant - Int64(day) * Calendar.microsecondsPerDay) / 1_000_000)
        return "\(date(day))T\(twoDigits(seconds / 3600)):\(twoDigits(seconds / 60 % 60)):\(twoDigits(seconds % 60))Z"
    }

    private func duration(_ duration: Duration) -> String {
        if duration.months != 0 { return "\(duration.months) months" }
        let day = Calendar.microsecondsPerDay
        if duration.microseconds % day == 0 { return "\(duration.microseconds / day) days" }
        return "\(duration.microseconds / 1_000_000) seconds"
    }

    private func twoDigits(_ number: Int) -> String { (number < 10 ? "0" : "") + String(number) }
}

extension AggregateKind {
    /// The aggregate as it is called in a question.
    var name: String {
        switch self {
        case .count, .countPresent, .countTrue: "count"
        case .countDistinct: "count distinct"
        case .sum: "sum"
        case .average: "avg"
        case .median: "median"
        case .minimum: "min"
        case .maximum: "max"
        case .percentile: "percentile"
        case .standardDeviation: "stdev"
        case .share: "share"
        case .list: "list"
        case .join: "join"
        case .first: "first"
        case .last: "last"
        case .anyTrue: "any_true"
        case .allTrue: "all_true"
        }
    }
}
