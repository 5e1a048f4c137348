import Columns
import Resolve
import Syntax
import Types

extension Evaluator {
    /// An operator between two values.
    func binary(_ operation: BinaryOperator, _ left: NodeID, _ right: NodeID, type: ValueType, in frame: Frame) throws
        -> Evaluated
    {
        let count = frame.count
        if let comparison = Comparison(operation) {
            let (a, b) = (try operand(left, in: frame), try operand(right, in: frame))
            if a.ascends(beside: b) || b.ascends(beside: a) { note("a run of rows, as values ascend") }
            return .vector(bools(compare(comparison, a, b, count: count)))
        }
        if let arithmetic = Arithmetic(operation) {
            return .vector(
                Columns.arithmetic(arithmetic, try operand(left, in: frame), try operand(right, in: frame), count: count))
        }
        switch operation {
        case .and:
            let first = try truth(left, in: frame)
            // Where nothing is left, the other side need not be asked.
            if first.isEmpty { return .vector(bools(first)) }
            return .vector(bools(first.and(try truth(right, in: frame))))
        case .or:
            let first = try truth(left, in: frame)
            if first.isFull { return .vector(bools(first)) }
            return .vector(bools(first.or(try truth(right, in: frame))))
        case .contains:
            return .vector(
                bools(contains(try operand(left, in: frame), try operand(right, in: frame), foldsCase: true, count: count)))
        case .matches:
            return .vector(bools(try matches(try operand(left, in: frame), try operand(right, in: frame), count: count)))
        case .isIn: return .vector(bools(try membership(of: left, in: right, frame: frame)))
        case .notIn: return .vector(bools(try membership(of: left, in: right, frame: frame).not()))
        case .coalesce:
            return .vector(coalesce(try operand(left, in: frame), try operand(right, in: frame), count: count, type: type))
        case .join:
            return .vector(textJoin(try operand(left, in: frame), try operand(right, in: frame), count: count))
        default: preconditionFailure("an operator is a comparison, arithmetic, or one of these")
        }
    }
}

extension Operand {
    /// Whether it is a column that ascends and the other side a constant: the comparison then holds for a run of rows, whose ends are
    /// looked for.
    fileprivate func ascends(beside other: Operand) -> Bool {
        guard case .vector(let vector) = self, case .constant = other else { return false }
        return vector.ascends
    }
}

extension Comparison {
    fileprivate init?(_ operation: BinaryOperator) {
        switch operation {
        case .equal: self = .equal
        case .notEqual: self = .notEqual
        case .less: self = .less
        case .lessOrEqual: self = .lessOrEqual
        case .greater: self = .greater
        case .greaterOrEqual: self = .greaterOrEqual
        default: return nil
        }
    }
}

extension Arithmetic {
    fileprivate init?(_ operation: BinaryOperator) {
        switch operation {
        case .add: self = .add
        case .subtract: self = .subtract
        case .multiply: self = .multiply
        case .divide: self = .divide
        case .remainder: self = .remainder
        default: return nil
        }
    }
}
