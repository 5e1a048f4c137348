import Columns
import Types

/// Gives a loaded column the type that a schema file declares. Values are read again from the text that they show; what the loader
/// did not keep, such as zeros before a number, cannot come back.
enum Retyping {
    struct Unfit {
        var count = 0
        var example: String?
    }

    static func convert(_ vector: Vector, to type: ValueType) -> (Vector, Unfit) {
        var builder = VectorBuilder(type: type)
        var unfit = Unfit()
        for row in 0..<vector.count {
            guard vector.isPresent(row) else {
                builder.append(.none)
                continue
            }
            let value = vector.value(at: row)
            if let converted = convert(value, to: type) {
                builder.append(converted)
            } else {
                builder.append(.none)
                unfit.count += 1
                if unfit.example == nil { unfit.example = text(value) }
            }
        }
        return (builder.finish(), unfit)
    }

    private static func text(_ value: Value) -> String {
        var bytes: [UInt8] = []
        appendText(of: value, to: &bytes)
        return String(decoding: bytes, as: UTF8.self)
    }

    private static func convert(_ value: Value, to type: ValueType) -> Value? {
        switch (value, type) {
        case (.date(let day), .time): return .time(Int64(day) * Calendar.microsecondsPerDay)
        case (.time(let instant), .date): return .date(Calendar.day(ofInstant: instant))
        case (.bool(let flag), .number): return .number(Number(flag ? 1 : 0))
        case (_, .text): return .text(text(value))
        default: return parse(text(value), type)
        }
    }

    private static func parse(_ text: String, _ type: ValueType) -> Value? {
        var text = text
        return text.withUTF8 { bytes in
            switch type {
            case .number: return parseLooseNumber(bytes).map(Value.number)
            case .date: return parseAnyDate(bytes).map(Value.date)
            case .time:
                return parseAnyTime(bytes).map(Value.time)
                    ?? parseAnyDate(bytes).map { .time(Int64($0) * Calendar.microsecondsPerDay) }
            case .bool: return bool(String(decoding: bytes, as: UTF8.self))
            default: return nil
            }
        }
    }

    private static func bool(_ text: String) -> Value? {
        switch text.lowercased() {
        case "true", "t", "yes", "y", "1": .bool(true)
        case "false", "f", "no", "n", "0": .bool(false)
        default: nil
        }
    }
}
