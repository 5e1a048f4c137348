import Types

/// The first value, and the second where the first is missing.
public func coalesce(_ a: Operand, _ b: Operand, count: Int, type: ValueType = .none) -> Vector {
    checkCount(a, count)
    guard let present = a.presence(count: count), !present.isFull else { return a.vector(count: count) }
    return choose(present, then: a, else: b, count: count, type: type)
}

/// From the first where the condition holds, otherwise from the second, in one representation. The type is what both give.
///
/// One side is put behind the other and the rows are gathered from there, so that every type takes the same way; a constant is put there
/// only once.
public func choose(_ condition: Bitmap, then: Operand, else otherwise: Operand, count: Int, type: ValueType) -> Vector {
    precondition(condition.count == count)
    checkCount(then, count)
    checkCount(otherwise, count)
    if count == 0 { return Vector.concatenated([], type: type) }
    if condition.isFull { return then.vector(count: count) }
    if condition.isEmpty { return otherwise.vector(count: count) }
    let first = then.compact(count: count)
    let second = otherwise.compact(count: count)
    let all = Vector.concatenated([first, second], type: type)
    let base = Int32(first.count)
    let firstMask: Int32 = first.count == count ? -1 : 0
    let secondMask: Int32 = second.count == count ? -1 : 0
    let words = condition.words.base
    let rows: Buffer<Int32> = mapped(count: count) { row in
        let bit = (words[row >> 6] &>> UInt64(truncatingIfNeeded: row & 63)) & 1
        let index = Int32(truncatingIfNeeded: row)
        return bit != 0 ? index & firstMask : base &+ (index & secondMask)
    }
    return all.gathered(rows)
}

extension Operand {
    /// A constant as a column of one row; of a column of one row every row is the first.
    fileprivate func compact(count: Int) -> Vector {
        switch self {
        case .vector(let vector): vector
        case .constant(let value): .constant(value, count: 1)
        }
    }
}
