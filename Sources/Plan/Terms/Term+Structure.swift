import Resolve
import Syntax
import Types

extension Term {
    /// The level of the frame that the term opens for the terms behind its set; none for terms that open none.
    public var openedLevel: Int? {
        switch self {
        case .filter(_, let level, _), .map(_, let level, _), .pick(_, let level, _, _, _, _), .table(_, let level, _),
            .repeated(_, let level, _, _):
            level
        default: nil
        }
    }

    /// The columns of the question's rows that the term reads.
    public var slots: SlotSet {
        var found = SlotSet()
        collectSlots(into: &found)
        return found
    }

    /// Adds the columns of the question's rows that the term reads.
    func collectSlots(into found: inout SlotSet) {
        if case .slot(let slot, _) = self { return found.insert(slot) }
        forEachPart { $0.collectSlots(into: &found) }
    }

    /// The levels of the elements that the term reads and does not itself run through.
    public var freeLevels: Set<Int> {
        switch self {
        case .element(let level, _), .edge(let level, _): return [level]
        default: break
        }
        var free: Set<Int> = []
        var isFirst = true
        forEachPart { part in
            var inner = part.freeLevels
            // The set stands outside of the frame that is opened for what follows it.
            if !isFirst, let level = openedLevel { inner.remove(level) }
            isFirst = false
            free.formUnion(inner)
        }
        return free
    }

    /// Whether the term reads a column of the question's rows.
    public func reads(_ slot: SlotID) -> Bool {
        contains { if case .slot(slot, _) = $0 { true } else { false } }
    }

    /// Whether the term reads any column of the question's rows.
    public var readsSlots: Bool {
        contains { if case .slot = $0 { true } else { false } }
    }

    /// Calls `body` for the term and every term inside it, outer ones first.
    public func visit(_ body: (Term) -> Void) {
        body(self)
        forEachPart { $0.visit(body) }
    }

    /// The term with every occurrence of one term replaced by another; inside a replaced term nothing is looked for.
    public func replacing(_ target: Term, with replacement: Term) -> Term {
        self == target ? replacement : mapParts { $0.replacing(target, with: replacement) }
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
