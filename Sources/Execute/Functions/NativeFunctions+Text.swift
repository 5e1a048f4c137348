import Columns
import Types

extension NativeFunctions {
    static let textFunctions: [String: NativeFunction] = [
        "upper": { Columns.upper($0[0], count: $0.count) },
        "lower": { Columns.lower($0[0], count: $0.count) },
        "capitalize": { Columns.capitalize($0[0], count: $0.count) },
        "fold": { Columns.fold($0[0], count: $0.count) },
        "trim": { Columns.trim($0[0], count: $0.count) },
        "length": { Columns.length($0[0], count: $0.count) },
        "left": { Columns.left($0[0], $0[1], count: $0.count) },
        "right": { Columns.right($0[0], $0[1], count: $0.count) },
        "substring": { Columns.substring($0[0], $0[1], $0[2], count: $0.count) },
        "replace": { Columns.replace($0[0], $0[1], $0[2], count: $0.count) },
        "split_part": { Columns.splitPart($0[0], $0[1], $0[2], count: $0.count) },
        "split": { Columns.split($0[0], $0[1], count: $0.count) },
        "pad_left": { Columns.padLeft($0[0], $0[1], $0[2], count: $0.count) },
        "initials": { Columns.initials($0[0], count: $0.count) },
        "domain": { Columns.domain($0[0], count: $0.count) },
        "digits": { Columns.digits($0[0], count: $0.count) },
        "text": { call in call.evaluator.text(call[0], count: call.count) },
    ]

    static let textSearchFunctions: [String: NativeFunction] = [
        "starts_with": { bools(startsWith($0[0], $0[1], count: $0.count)) },
        "ends_with": { bools(endsWith($0[0], $0[1], count: $0.count)) },
        "contains": { bools($0.evaluator.contains($0[0], $0[1], foldsCase: false, count: $0.count)) },
        "position": { Columns.position($0[0], $0[1], count: $0.count) },
        "extract": { call in try call.evaluator.extract(call[0], call[1], count: call.count) },
        "similar": { similarity($0[0], $0[1], count: $0.count) },
    ]

    private static func bools(_ bits: Bitmap) -> Vector { Vector(count: bits.count, .bool(bits)) }
}

extension Evaluator {
    /// Values as answers show them; records by what a person calls them, which the store knows.
    func text(_ value: Operand, count: Int) -> Vector {
        switch value {
        case .constant(.record):
            return presented(value.vector(count: 1), store: store).gathered(Buffer(repeating: 0, count: count))
        case .vector(let vector): return textOf(.vector(presented(vector, store: store)), count: count)
        case .constant: return textOf(value, count: count)
        }
    }
}
