import Types

/// How the values of a column are written, and so how they are to be read.
enum ColumnFormat: Equatable, Sendable {
    /// No value so far.
    case empty
    case text
    /// Texts that begin with these bytes, and go on with the digits of a number.
    case numbered(prefix: [UInt8])
    /// Exact numbers, as programs write them.
    case number
    /// The same, but too long or with exponents.
    case double
    case decorated(DecoratedNumber)
    case bool(BoolWords)
    case date(DateOrder)
    case time(DateOrder)

    var type: ValueType {
        switch self {
        case .empty, .text, .numbered: .text
        case .number, .double, .decorated: .number
        case .bool: .bool
        case .date: .date
        case .time: .time
        }
    }
}

/// The formats that every value seen so far fits.
struct FormatSet: OptionSet {
    let rawValue: UInt32

    static let number = FormatSet(rawValue: 1)
    static let decoratedPoint = FormatSet(rawValue: 1 << 1)
    static let decoratedComma = FormatSet(rawValue: 1 << 2)
    static let decorated: FormatSet = [.decoratedPoint, .decoratedComma]
    static let bools = FormatSet(rawValue: 0b1111 << 4)
    static let dates = FormatSet(rawValue: 0b1111 << 8)
    static let times = FormatSet(rawValue: 0b1111 << 12)
    static let all: FormatSet = [.number, .decorated, .bools, .dates, .times]

    static func bool(_ words: BoolWords) -> FormatSet { FormatSet(rawValue: 1 << (4 + UInt32(words.rawValue))) }
    static func date(_ order: DateOrder) -> FormatSet { FormatSet(rawValue: 1 << (8 + UInt32(order.rawValue))) }
    static func time(_ order: DateOrder) -> FormatSet { FormatSet(rawValue: 1 << (12 + UInt32(order.rawValue))) }
}
