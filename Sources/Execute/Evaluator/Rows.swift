import Columns
import Types

/// Rows of an entity: a run of them, which needs no memory and lets stored columns be used as they are, or any others.
enum Rows {
    case range(Range<Int>)
    /// -1 is no row; never within sets.
    case list(Buffer<Int32>)

    var count: Int {
        switch self {
        case .range(let range): range.count
        case .list(let rows): rows.count
        }
    }

    var buffer: Buffer<Int32> {
        switch self {
        case .range(let range): .counting(from: range.lowerBound, to: range.upperBound)
        case .list(let rows): rows
        }
    }

    /// The rows at some positions; -1 where the position is -1.
    func picked(at positions: Buffer<Int32>) -> Rows {
        switch self {
        case .range(let range):
            if range.lowerBound == 0 { return .list(positions) }
            return .list(positions.composed(with: buffer))
        case .list(let rows): return .list(positions.composed(with: rows))
        }
    }

    /// Whether these are all rows of an entity in their order.
    func isWhole(_ rowCount: Int) -> Bool {
        if case .range(let range) = self { return range == 0..<rowCount }
        return false
    }
}

/// The sets that the rows of a frame have: records of an entity, each once in a row's set.
struct RecordSet {
    var entity: EntityID
    var rows: Rows
    var membership: Membership
    /// Beside each record, the row of the pair table through which it was reached.
    var edges: Buffer<Int32>?
    /// Whether no record is in the sets of two rows.
    var isDisjoint: Bool
    /// Whether the records of each row's set stand in the order that the language promises: that of the entity, or that of `top`.
    var isOrdered: Bool
}

/// The lists that the rows of a frame have.
struct ValueList {
    var values: Evaluated
    var membership: Membership
    /// The records that the values were computed for, where it was records.
    var records: RecordSet?
}

/// What a term gives for the rows of a frame.
indirect enum Evaluated {
    /// The same value in every row.
    case constant(Value)
    case vector(Vector)
    /// A record in each row: a run of rows.
    case run(EntityID, Range<Int>)
    case set(RecordSet)
    case list(ValueList)
    /// The same in every row, and given for one: a set, a list or a table that depends on no row.
    case shared(Evaluated)
}
