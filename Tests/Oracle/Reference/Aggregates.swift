import Resolve
import Types

/// Aggregates over values that lie together in an array.
enum Aggregates {
    /// Missing values are passed over, except by `count`, which counts records or rows, and by the parts of `share`.
    static func value(_ kind: AggregateKind, over all: [Value], type: ValueType, in evaluator: ReferenceEvaluator) -> Value {
        let present = all.filter { $0 != .none }
        switch kind {
        case .count: return number(all.count)
        case .countPresent: return number(present.count)
        case .countTrue: return number(present.filter { $0 == .bool(true) }.count)
        case .countDistinct: return number(Set(present.map { Key([$0]) }).count)
        case .share:
            if all.isEmpty { return .none }
            return .number(.double(Double(present.filter { $0 == .bool(true) }.count) / Double(all.count)))
        case .anyTrue: return .bool(present.contains(.bool(true)))
        case .allTrue: return .bool(!present.contains(.bool(false)))
        case .minimum: return present.dropFirst().reduce(present.first ?? .none) { (Rules.order($1, $0) ?? 0) < 0 ? $1 : $0 }
        case .maximum: return present.dropFirst().reduce(present.first ?? .none) { (Rules.order($1, $0) ?? 0) > 0 ? $1 : $0 }
        case .first: return present.first ?? .none
        case .last: return present.last ?? .none
        case .list: return .list(present)
        case .join(let separator):
            if present.isEmpty { return .none }
            return .text(present.map { Texts.text($0, in: evaluator) }.joined(separator: separator))
        case .sum, .average, .median, .percentile, .standardDeviation:
            return computed(kind, present, isDuration: isDuration(type))
        }
    }

    private static func number(_ count: Int) -> Value { .number(Number(count)) }

    private static func isDuration(_ type: ValueType) -> Bool {
        switch type {
        case .list(let element): element == .duration
        default: type == .duration
        }
    }

    private static func computed(_ kind: AggregateKind, _ present: [Value], isDuration: Bool) -> Value {
        if isDuration { return ofDurations(kind, present) }
        let numbers = present.compactMap { value in
            if case .number(let number) = value { return number }
            return Number?.none
        }
        if kind == .sum { return .number(Numbers.sum(numbers)) }
        guard !numbers.isEmpty else { return .none }
        let count = Double(numbers.count)
        let mean = Numbers.sum(numbers).doubleValue / count
        switch kind {
        case .average: return .number(.double(mean))
        case .median:
            let ordered = numbers.sorted { Numbers.order($0, $1) < 0 }
            let middle = ordered.count / 2
            if ordered.count % 2 == 1 { return .number(ordered[middle]) }
            return .number(.double(Numbers.sum([ordered[middle - 1], ordered[middle]]).doubleValue / 2))
        case .percentile(let part):
            let ordered = numbers.map(\.doubleValue).sorted()
            let place = part * (count - 1)
            let below = Int(place.rounded(.down))
            let above = min(below + 1, ordered.count - 1)
            return .number(.double(ordered[below] + (place - Double(below)) * (ordered[above] - ordered[below])))
        case .standardDeviation:
            guard numbers.count > 1 else { return .none }
            let squares = numbers.reduce(0) { $0 + ($1.doubleValue - mean) * ($1.doubleValue - mean) }
            return .number(.double((squares / (count - 1)).squareRoot()))
        default: return .none
        }
    }

    private static func ofDurations(_ kind: AggregateKind, _ present: [Value]) -> Value {
        let durations = present.compactMap { value in
            if case .duration(let duration) = value { return duration }
            return Types.Duration?.none
        }
        let sum = durations.reduce(Types.Duration()) {
            Types.Duration(months: $0.months + $1.months, microseconds: $0.microseconds + $1.microseconds)
        }
        if kind == .sum { return .duration(sum) }
        guard !durations.isEmpty else { return .none }
        if kind == .average { return Rules.scaled(sum, by: 1 / Double(durations.count)) }
        let ordered = durations.sorted { Rules.length($0) < Rules.length($1) }
        let middle = ordered.count / 2
        if ordered.count % 2 == 1 { return .duration(ordered[middle]) }
        let pair = Types.Duration(
            months: ordered[middle - 1].months + ordered[middle].months,
            microseconds: ordered[middle - 1].microseconds + ordered[middle].microseconds)
        return Rules.scaled(pair, by: 0.5)
    }
}

extension ReferenceEvaluator {
    /// An aggregate over the rows of a group. Sets are united over the rows: what a record gives counts once, by the first row that has it.
    func aggregate(_ aggregate: RowAggregate, over rows: [Row]) -> Value {
        let places = rows.map { Place(row: $0) }.filter { place in aggregate.condition.map { holds($0, at: place) } ?? true }
        guard let argument = aggregate.argument else { return .number(Number(places.count)) }
        let type = argument.type(in: schema)
        switch type {
        case .set, .list:
            var seen: Set<Int32> = []
            let united = places.flatMap { elements(argument, at: $0) }.filter { element in
                element.record.map { seen.insert($0).inserted } ?? true
            }
            return Aggregates.value(aggregate.kind, over: united.map(\.value), type: type, in: self)
        default:
            return Aggregates.value(aggregate.kind, over: places.map { value(argument, at: $0) }, type: type, in: self)
        }
    }
}
