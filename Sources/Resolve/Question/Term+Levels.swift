import Types

extension Term {
    /// The term with each of its direct parts put through a function.
    public func mapParts(_ change: (Term) -> Term) -> Term {
        switch self {
        case .constant, .slot, .element, .edge, .all, .records: self
        case .field(let base, let field): .field(change(base), field)
        case .toOne(let base, let link): .toOne(change(base), link)
        case .toMany(let base, let link): .toMany(change(base), link)
        case .filter(let set, let level, let condition): .filter(change(set), level: level, condition: change(condition))
        case .repeated(let start, let level, let steps, let hops):
            .repeated(change(start), level: level, steps: steps.map(change), hops)
        case .map(let set, let level, let body): .map(change(set), level: level, body: change(body))
        case .pick(let set, let level, let keys, let limit, let single, let fromEnd):
            .pick(
                change(set), level: level, keys: keys.map { TermSortKey(change($0.value), descending: $0.descending) },
                limit: limit, single: single, fromEnd: fromEnd)
        case .aggregate(let kind, let over): .aggregate(kind, over: change(over))
        case .isEmpty(let set): .isEmpty(change(set))
        case .contains(let set, let record): .contains(set: change(set), record: change(record))
        case .binary(let op, let left, let right, let type): .binary(op, change(left), change(right), type)
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

    /// Whether a term directly within this one satisfies a condition; they are tried in order.
    public func anyPart(_ condition: (Term) -> Bool) -> Bool {
        switch self {
        case .constant, .slot, .element, .edge, .all, .records: false
        case .field(let base, _), .toOne(let base, _), .toMany(let base, _), .aggregate(_, let base), .isEmpty(let base),
            .not(let base), .negate(let base), .isIn(let base, _):
            condition(base)
        case .filter(let first, _, let second), .map(let first, _, let second), .contains(let first, let second),
            .binary(_, let first, let second, _):
            condition(first) || condition(second)
        case .conditional(let test, let then, let otherwise, _): condition(test) || condition(then) || condition(otherwise)
        case .repeated(let start, _, let steps, _): condition(start) || steps.contains(where: condition)
        case .pick(let set, _, let keys, _, _, _): condition(set) || keys.contains { condition($0.value) }
        case .call(_, let arguments, _): arguments.contains(where: condition)
        case .table(let set, _, let columns): condition(set) || columns.contains { condition($0.value) }
        }
    }

    /// Calls `body` for each term directly within this one, in order.
    public func forEachPart(_ body: (Term) -> Void) {
        _ = anyPart {
            body($0)
            return false
        }
    }

    /// The terms directly within this one, in order.
    public var parts: [Term] {
        var parts: [Term] = []
        forEachPart { parts.append($0) }
        return parts
    }

    /// Whether the term or a term within it satisfies a condition.
    public func contains(_ condition: (Term) -> Bool) -> Bool {
        condition(self) || anyPart { $0.contains(condition) }
    }

    /// The term with the outermost terms for which a replacement is given put in its place.
    func replacing(_ replacement: (Term) -> Term?) -> Term {
        replacement(self) ?? mapParts { $0.replacing(replacement) }
    }

    /// The same term for a place that lies deeper or less deep: frames that the term itself opens move by `delta` levels, and
    /// elements of frames around it (up to level `outer`) stay what they are.
    public func shifted(above outer: Int, by delta: Int) -> Term {
        guard delta != 0 else { return self }
        let shifted = mapParts { $0.shifted(above: outer, by: delta) }
        func move(_ level: Int) -> Int { level > outer ? level + delta : level }
        return switch shifted {
        case .element(let level, let type): .element(level: move(level), type)
        case .edge(let level, let entity): .edge(level: move(level), entity)
        case .filter(let set, let level, let condition): .filter(set, level: move(level), condition: condition)
        case .repeated(let start, let level, let steps, let hops): .repeated(start, level: move(level), steps: steps, hops)
        case .map(let set, let level, let body): .map(set, level: move(level), body: body)
        case .pick(let set, let level, let keys, let limit, let single, let fromEnd):
            .pick(set, level: move(level), keys: keys, limit: limit, single: single, fromEnd: fromEnd)
        case .table(let set, let level, let columns): .table(set, level: move(level), columns: columns)
        default: shifted
        }
    }

    /// Whether the term is the same for every row of the question and every element around it.
    public var isConstant: Bool { isConstant(below: Int.max) }

    /// Whether nothing in the term depends on the question's rows, or on elements of frames below a level.
    private func isConstant(below opened: Int) -> Bool {
        switch self {
        case .slot: false
        case .element(let level, _), .edge(let level, _): level >= opened
        case .filter(let set, let level, let body), .map(let set, let level, let body):
            set.isConstant(below: opened) && body.isConstant(below: min(opened, level))
        case .repeated(let start, let level, let steps, _):
            start.isConstant(below: opened) && steps.allSatisfy { $0.isConstant(below: min(opened, level)) }
        case .pick(let set, let level, let keys, _, _, _):
            set.isConstant(below: opened) && keys.allSatisfy { $0.value.isConstant(below: min(opened, level)) }
        case .table(let set, let level, let columns):
            set.isConstant(below: opened) && columns.allSatisfy { $0.value.isConstant(below: min(opened, level)) }
        default: !anyPart { !$0.isConstant(below: opened) }
        }
    }
}
