import Columns
import Types

/// What a native function is given.
struct NativeCall {
    /// One for each declared parameter, in order; a list is not among them.
    let arguments: [Operand]
    /// What is given for the parameters that take a list, by their places.
    var lists: [Int: ListArgument] = [:]
    let count: Int
    /// The type of the result.
    let type: ValueType
    let evaluator: Evaluator

    subscript(_ position: Int) -> Operand { arguments[position] }
}

/// The lists that a function is given.
struct ListArgument {
    /// The values of all lists, one list behind the other.
    let values: Vector
    /// The list of each row; none where all rows have one list in common.
    let segments: Segments?

    func range(of row: Int) -> Range<Int> {
        segments.map { Int($0.offsets[row])..<Int($0.offsets[row + 1]) } ?? 0..<values.count
    }
}

typealias NativeFunction = @Sendable (NativeCall) throws -> Vector

/// The functions that the standard library declares as native, by name. A test holds the declarations and this table one to one.
///
/// Aggregates and window functions are native as well, but the resolver turns them into terms of their own; `today` and `now` become
/// constants.
public enum NativeFunctions {
    static let table: [String: NativeFunction] = {
        var table: [String: NativeFunction] = [:]
        for family in [textFunctions, textSearchFunctions, numberFunctions, dateFunctions, choiceFunctions, modelFunctions] {
            table.merge(family) { _, _ in preconditionFailure("a native function is given twice") }
        }
        return table
    }()

    /// The names of all native functions.
    public static var names: [String] { table.keys.sorted() }
}

extension Evaluator {
    func call(_ name: String, _ arguments: [NodeID], type: ValueType, in frame: Frame) throws -> Vector {
        guard let function = NativeFunctions.table[name] else { throw ExecuteError.unknownFunction(name) }
        var lists: [Int: ListArgument] = [:]
        var operands: [Operand] = []
        for (place, argument) in arguments.enumerated() {
            if !graph[argument].type.isScalar {
                lists[place] = try list(argument, in: frame)
                operands.append(.constant(.none))
            } else {
                operands.append(try operand(argument, in: frame))
            }
        }
        return try function(
            NativeCall(arguments: operands, lists: lists, count: frame.count, type: type, evaluator: self))
    }

    /// The lists of the rows. One that is the same for all rows is not repeated for each.
    private func list(_ id: NodeID, in frame: Frame) throws -> ListArgument {
        let given = try evaluate(id, in: frame)
        let isCommon =
            switch given {
            case .constant, .shared: true
            default: false
            }
        switch vector(given, count: isCommon ? 1 : frame.count).storage {
        case .list(let segments, let values): return ListArgument(values: values, segments: isCommon ? nil : segments)
        case .set(let entity, let segments, let rows):
            return ListArgument(values: record(entity, rows), segments: isCommon ? nil : segments)
        default: return ListArgument(values: .missing(count: 0), segments: nil)
        }
    }
}
