import Resolve
import Syntax
import Types

extension Term {
    /// The terms directly inside, in the order in which they are written.
    public var children: [Term] {
        switch self {
        case .constant, .slot, .element, .edge, .all, .records: []
        case .field(let record, _): [record]
        case .toOne(let record, _): [record]
        case .toMany(let records, _): [records]
        case .filter(let set, _, let condition): [set, condition]
        case .map(let set, _, let body): [set, body]
        case .pick(let set, _, let keys, _, _, _): [set] + keys.map(\.value)
        case .aggregate(_, let values): [values]
        case .isEmpty(let set): [set]
        case .contains(let set, let record): [set, record]
        case .binary(_, let left, let right, _): [left, right]
        case .not(let operand), .negate(let operand): [operand]
        case .isIn(let operand, _): [operand]
        case .conditional(let condition, let then, let otherwise, _): [condition, then, otherwise]
        case .call(_, let arguments, _): arguments
        case .table(let set, _, let columns): [set] + columns.map(\.value)
        }
    }

    /// The same term with the terms directly inside replaced.
    public func mapChildren(_ change: (Term) -> Term) -> Term {
        switch self {
        case .constant, .slot, .element, .edge, .all, .records: self
        case .field(let record, let field): .field(change(record), field)
        case .toOne(let record, let link): .toOne(change(record), link)
        case .toMany(let records, let link): .toMany(change(records), link)
        case .filter(let set, let level, let condition): .filter(change(set), level: level, condition: change(condition))
        case .map(let set, let level, let body): .map(change(set), level: level, body: change(body))
        case .pick(let set, let level, let keys, let limit, let single, let fromEnd):
            .pick(
                change(set), level: level, keys: keys.map { TermSortKey(change($0.value), descending: $0.descending) },
                limit: limit, single: single, fromEnd: fromEnd)
        case .aggregate(let kind, let values): .aggregate(kind, over: change(values))
        case .isEmpty(let set): .isEmpty(change(set))
        case .contains(let set, let record): .contains(set: change(set), record: change(record))
        case .binary(let operation, let left, let right, let type): .binary(operation, change(left), change(right), type)
        case .not(let operand): .not(change(operand))
        case .negate(let operand): .negate(change(operand))
        case .isIn(let operand, let values): .isIn(change(operand), values)
        case .conditional(let condition, let then, let otherwise, let type):
            .conditional(change(condition), then: change(then), otherwise: change(otherwise), type)
        case .call(let name, let arguments, let type): .call(name, arguments.map(change), type)
        case .table(let set, let level, let columns):
            .table(change(set), level: level, columns: columns.map { TermColumn(name: $0.name, value: change($0.value)) })
        }
    }

    /// The level of the frame that the term opens for the terms behind its set; none for terms that open none.
    public var openedLevel: Int? {
        switch self {
        case .filter(_, let level, _), .map(_, let level, _), .pick(_, let level, _, _, _, _), .table(_, let level, _): level
        default: nil
        }
    }

    /// The columns of the question's rows that the term reads.
    public var slots: Set<SlotID> {
        var found: Set<SlotID> = []
        visit { if case .slot(let slot, _) = $0 { found.insert(slot) } }
        return found
    }

    /// The levels of the elements that the term reads and does not itself run through.
    public var freeLevels: Set<Int> {
        switch self {
        case .element(let level, _), .edge(let level, _): return [level]
        default: break
        }
        var free: Set<Int> = []
        for (position, child) in children.enumerated() {
            var inner = child.freeLevels
            // The set stands outside of the frame that is opened for what follows it.
            if position > 0, let level = openedLevel { inner.remove(level) }
            free.formUnion(inner)
        }
        return free
    }

    /// Calls `body` for the term and every term inside it, outer ones first.
    public func visit(_ body: (Term) -> Void) {
        body(self)
        for child in children { child.visit(body) }
    }

    /// The term with every occurrence of one term replaced by another; inside a replaced term nothing is looked for.
    public func replacing(_ target: Term, with replacement: Term) -> Term {
        self == target ? replacement : mapChildren { $0.replacing(target, with: replacement) }
    }

    /// Whether the term's value is a bool that is never missing, so that `x and true` is `x`.
    var isNeverMissingBool: Bool {
        switch self {
        case .constant(.bool, _), .isEmpty, .contains, .not, .isIn: true
        case .binary(let operation, _, _, _): operation.isCondition
        default: false
        }
    }
}

extension BinaryOperator {
    /// Whether the operator gives a bool that is never missing.
    public var isCondition: Bool {
        switch self {
        case .or, .and, .equal, .notEqual, .less, .lessOrEqual, .greater, .greaterOrEqual, .contains, .matches, .isIn, .notIn:
            true
        case .coalesce, .join, .add, .subtract, .multiply, .divide, .remainder: false
        }
    }
}
