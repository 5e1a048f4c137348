import Resolve
import Syntax
import Types

/// Computes what needs no rows, and drops conditions that always hold. What this rule leaves out, such as date arithmetic, is
/// evaluated once by the executor, since it depends on no row; the rule matters where a constant makes a step unnecessary.
func foldConstants(in plan: inout Plan) {
    for position in plan.operators.indices.reversed() {
        let step = plan.operators[position]
        // Few terms have anything to compute beforehand; the others stay as they are.
        if step.anyTerm({ $0.contains { $0.withoutConstants != nil } }) {
            plan.operators[position] = step.mapTerms { $0.folded }
        }
        guard case .filter(let conditions) = plan.operators[position] else { continue }
        let conjuncts = conditions.flatMap(\.conjuncts)
        let open = conjuncts.filter { $0 != .constant(.bool(true), .bool) }
        if open.isEmpty { plan.operators.remove(at: position) } else { plan.operators[position] = .filter(open) }
    }
}

extension Term {
    /// The term with constant parts computed.
    var folded: Term {
        let term = mapParts { $0.folded }
        return term.withoutConstants ?? term
    }

    /// What the term is worth if its operands are constants that say so; none where it stays as it is.
    fileprivate var withoutConstants: Term? {
        switch self {
        case .not(.constant(.bool(let value), _)): return .constant(.bool(!value), .bool)
        case .negate(.constant(.number(.decimal(let units, let scale)), let type)) where units != .min:
            return .constant(.number(.decimal(units: -units, scale: scale)), type)
        case .conditional(.constant(.bool(let value), _), let then, let otherwise, _):
            return value ? then : otherwise
        case .binary(.and, let left, let right, _): return Term.foldedJunction(left, right, neutral: true)
        case .binary(.or, let left, let right, _): return Term.foldedJunction(left, right, neutral: false)
        case .binary(let operation, .constant(.number(let left), _), .constant(.number(let right), _), let type):
            return Term.foldedArithmetic(operation, left, right, type: type)
        default: return nil
        }
    }

    /// `x and true` is `x`, `x and false` is false; the other way round for `or`. A bool that may be missing is no operand to keep on
    /// its own, since a junction takes it for false.
    private static func foldedJunction(_ left: Term, _ right: Term, neutral: Bool) -> Term? {
        for (operand, other) in [(left, right), (right, left)] {
            guard case .constant(.bool(let value), _) = operand else { continue }
            if value != neutral { return .constant(.bool(value), .bool) }
            if other.isNeverMissingBool { return other }
        }
        return nil
    }

    private static func foldedArithmetic(_ operation: BinaryOperator, _ left: Number, _ right: Number, type: ValueType) -> Term? {
        let order = Number.compare(left, right)
        switch operation {
        case .equal: return .constant(.bool(order == 0), .bool)
        case .notEqual: return .constant(.bool(order != 0), .bool)
        case .less: return .constant(.bool(order < 0), .bool)
        case .lessOrEqual: return .constant(.bool(order <= 0), .bool)
        case .greater: return .constant(.bool(order > 0), .bool)
        case .greaterOrEqual: return .constant(.bool(order >= 0), .bool)
        case .add, .subtract, .multiply: break
        default: return nil
        }
        guard case .decimal(let a, let scaleA) = left, case .decimal(let b, let scaleB) = right else { return nil }
        if operation == .multiply {
            let (product, overflow) = a.multipliedReportingOverflow(by: b)
            guard !overflow, scaleA + scaleB <= Number.maximumScale else { return nil }
            return .constant(.number(.decimal(units: product, scale: scaleA + scaleB)), type)
        }
        let scale = max(scaleA, scaleB)
        guard let wideA = Number.rescale(a, from: scaleA, to: scale), let wideB = Number.rescale(b, from: scaleB, to: scale)
        else {
            return nil
        }
        let (sum, overflow) =
            operation == .add ? wideA.addingReportingOverflow(wideB) : wideA.subtractingReportingOverflow(wideB)
        return overflow ? nil : .constant(.number(.decimal(units: sum, scale: scale)), type)
    }
}
