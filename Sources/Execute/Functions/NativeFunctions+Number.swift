import Columns
import Types

extension NativeFunctions {
    static let numberFunctions: [String: NativeFunction] = [
        "abs": { Columns.abs($0[0], count: $0.count) },
        "sign": { Columns.sign($0[0], count: $0.count) },
        "round": { Columns.round($0[0], $0[1], count: $0.count) },
        "floor": { Columns.floor($0[0], count: $0.count) },
        "ceil": { Columns.ceil($0[0], count: $0.count) },
        "bucket": { Columns.bucket($0[0], $0[1], count: $0.count) },
        "sqrt": { Columns.sqrt($0[0], count: $0.count) },
        "power": { Columns.power($0[0], $0[1], count: $0.count) },
        "exp": { Columns.exp($0[0], count: $0.count) },
        "ln": { Columns.ln($0[0], count: $0.count) },
        "log10": { Columns.log10($0[0], count: $0.count) },
        "hypergeometric": { Columns.hypergeometric($0[0], $0[1], $0[2], $0[3], count: $0.count) },
        "number": { numberOf($0[0], count: $0.count) },
    ]

    static let choiceFunctions: [String: NativeFunction] = [
        "least": { Columns.least($0[0], $0[1], count: $0.count, type: $0.type) },
        "greatest": { Columns.greatest($0[0], $0[1], count: $0.count, type: $0.type) },
        "none_if": { noneIf($0[0], $0[1], count: $0.count, type: $0.type) },
    ]
}
