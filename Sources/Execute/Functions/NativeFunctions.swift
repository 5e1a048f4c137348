import Columns
import Types

/// What a native function is given.
struct NativeCall {
    /// One for each declared parameter, in order.
    let arguments: [Operand]
    let count: Int
    /// The type of the result.
    let type: ValueType
    let evaluator: Evaluator

    subscript(_ position: Int) -> Operand { arguments[position] }
}

typealias NativeFunction = @Sendable (NativeCall) throws -> Vector

/// The functions that the standard library declares as native, by name. A test holds the declarations and this table one to one.
///
/// Aggregates and window functions are native as well, but the resolver turns them into terms of their own; `today` and `now` become
/// constants.
public enum NativeFunctions {
    static let table: [String: NativeFunction] = {
        var table: [String: NativeFunction] = [:]
        for family in [textFunctions, textSearchFunctions, numberFunctions, dateFunctions, choiceFunctions] {
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
        let operands = try arguments.map { try operand($0, in: frame) }
        return try function(NativeCall(arguments: operands, count: frame.count, type: type, evaluator: self))
    }
}
