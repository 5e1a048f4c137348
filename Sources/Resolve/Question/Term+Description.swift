import Syntax
import Types

extension Term {
    /// The term in prefix form, as `crmq dump --stage resolved` shows it.
    public func description(in schema: Schema) -> String {
        func show(_ term: Term) -> String { term.description(in: schema) }
        switch self {
        case .constant(let value, _): return value.dump
        case .slot(let slot, _): return "$\(slot.index)"
        case .element(let level, _): return "@\(level)"
        case .edge(let level, _): return "edge@\(level)"
        case .field(let base, let field): return "\(show(base)).\(schema[field].name)"
        case .toOne(let base, let link): return "\(show(base)).\(schema[link].name)"
        case .toMany(let base, let link): return "\(show(base)).\(schema[link].name)*"
        case .all(let entity): return schema[entity].plural
        case .records(let entity, let rows):
            return "\(schema[entity].plural)#(\(rows.map { "\($0)" }.joined(separator: " ")))"
        case .filter(let set, let level, let condition): return "\(show(set))[@\(level): \(show(condition))]"
        case .repeated(let start, let level, let steps, let hops):
            return "\(show(start)).(@\(level): \(steps.map(show).joined(separator: ", ")))\(hops.text)"
        case .map(let set, let level, let body): return "\(show(set)).(@\(level): \(show(body)))"
        case .pick(let set, let level, let keys, let limit, let single, let fromEnd):
            let order = keys.isEmpty ? "" : " by @\(level): " + keys.map { $0.description(in: schema) }.joined(separator: ", ")
            return "pick(\(show(set)) \(single ? "one" : "\(limit)")\(fromEnd ? " from end" : "")\(order))"
        case .aggregate(let kind, let over): return "\(kind.dump)(\(show(over)))"
        case .isEmpty(let set): return "isEmpty(\(show(set)))"
        case .contains(let set, let record): return "(\(show(record)) in \(show(set)))"
        case .binary(let op, let left, let right, _): return "(\(show(left)) \(op.rawValue) \(show(right)))"
        case .not(let operand): return "not \(show(operand))"
        case .negate(let operand): return "-\(show(operand))"
        case .isIn(let operand, let values):
            return "(\(show(operand)) in (\(values.map(\.dump).joined(separator: ", "))))"
        case .conditional(let condition, let then, let otherwise, _):
            return "if(\(show(condition)), \(show(then)), \(show(otherwise)))"
        case .call(let name, let arguments, _): return "\(name)(\(arguments.map(show).joined(separator: ", ")))"
        case .table(let set, let level, let columns):
            let body = columns.map { "\($0.name) = \(show($0.value))" }.joined(separator: ", ")
            return "\(show(set)) {@\(level): \(body)}"
        }
    }
}

extension TermSortKey {
    func description(in schema: Schema) -> String { (descending ? "-" : "") + value.description(in: schema) }
}

extension AggregateKind {
    /// The name under which dumps show it.
    var dump: String {
        switch self {
        case .count: "count"
        case .countPresent: "countPresent"
        case .countTrue: "countTrue"
        case .countDistinct: "countDistinct"
        case .sum: "sum"
        case .average: "avg"
        case .median: "median"
        case .minimum: "min"
        case .maximum: "max"
        case .percentile(let part): "percentile[\(part)]"
        case .standardDeviation: "stdev"
        case .share: "share"
        case .list: "list"
        case .join(let separator): "join[\"\(separator)\"]"
        case .first: "first"
        case .last: "last"
        case .anyTrue: "anyTrue"
        case .allTrue: "allTrue"
        }
    }
}

extension Value {
    /// The value as source text, as far as there is such a text.
    var dump: String {
        switch self {
        case .none: return "none"
        case .text(let text): return "\"\(text)\""
        case .number(.decimal(let units, let scale)): return Self.decimal(units, scale)
        case .number(.double(let value)): return "\(value)"
        case .bool(let value): return value ? "true" : "false"
        case .date(let day): return Self.date(day)
        case .time(let microseconds):
            let day = Calendar.day(ofInstant: microseconds)
            let rest = microseconds - Int64(day) * Calendar.microsecondsPerDay
            let seconds = rest / 1_000_000
            let clock = [seconds / 3600, seconds / 60 % 60, seconds % 60].map { Self.padded(Int($0), 2) }.joined(separator: ":")
            return "\(Self.date(day))T\(clock)Z"
        case .duration(let duration):
            let days = Double(duration.microseconds) / Double(Calendar.microsecondsPerDay)
            let text = days == days.rounded() ? "\(Int(days)) days" : "\(Double(duration.microseconds) / 3_600_000_000) hours"
            return duration.months == 0 ? text : "\(duration.months) months" + (duration.microseconds == 0 ? "" : " " + text)
        case .period(let period):
            let first = Calendar.civil(period.firstDay)
            return switch period.unit {
            case .year: "year \(first.year)"
            case .quarter: "\(first.year)-Q\((first.month - 1) / 3 + 1)"
            case .month: "\(first.year)-\(Self.padded(first.month, 2))"
            default: "\(period.unit.rawValue) of \(Self.date(period.firstDay))"
            }
        case .record(let entity, let row): return "record \(entity.index)#\(row)"
        case .set(let entity, let rows): return "set \(entity.index)#\(rows.count)"
        case .list(let values): return "(\(values.map(\.dump).joined(separator: ", ")))"
        case .table(_, let rows): return "table of \(rows.count)"
        }
    }

    static func date(_ day: Int32) -> String {
        let date = Calendar.civil(day)
        return "\(padded(date.year, 4))-\(padded(date.month, 2))-\(padded(date.day, 2))"
    }

    private static func decimal(_ units: Int64, _ scale: Int) -> String {
        guard scale > 0 else { return "\(units)" }
        let digits = "\(units.magnitude)"
        let filled = String(repeating: "0", count: max(0, scale + 1 - digits.count)) + digits
        return (units < 0 ? "-" : "") + filled.dropLast(scale) + "." + filled.suffix(scale)
    }

    private static func padded(_ number: Int, _ width: Int) -> String {
        let digits = "\(number)"
        return String(repeating: "0", count: max(0, width - digits.count)) + digits
    }
}
