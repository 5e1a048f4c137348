import Columns
import Types

extension Codes {
    /// Calls `body` with each row and its code, in order.
    @inline(__always)
    func forEachCode(_ body: (_ row: Int, _ code: Int) -> Void) {
        switch self {
        case .uint8(let codes): for row in 0..<codes.count { body(row, Int(codes.base[row])) }
        case .uint16(let codes): for row in 0..<codes.count { body(row, Int(codes.base[row])) }
        case .uint32(let codes): for row in 0..<codes.count { body(row, Int(codes.base[row])) }
        }
    }
}

extension Vector {
    /// The integer at a row that is present; none where it is no number or has a fraction.
    @inline(__always)
    func integerValue(at row: Int) -> Int64? {
        switch storage {
        case .decimal(let units, let scale):
            if scale == 0 { return units[row] }
            let (quotient, remainder) = units[row].quotientAndRemainder(dividingBy: Number.powersOfTen[scale])
            return remainder == 0 ? quotient : nil
        case .double(let values): return Int64(exactly: values[row])
        default: return nil
        }
    }

    /// Whether the values are texts.
    var holdsText: Bool {
        switch storage {
        case .coded, .text, .numbered: true
        default: false
        }
    }

    /// The text at a row, or none where it is missing or no text.
    func textValue(at row: Int) -> String? {
        guard isPresent(row) else { return nil }
        switch storage {
        case .coded(let codes, let dictionary): return dictionary.texts[codes[row]]
        case .text(let texts): return texts[row]
        case .numbered(let numbers, let form): return form.text(of: numbers[row])
        default: return nil
        }
    }
}

extension Vector {
    /// The value at a row as a key is written: the text itself, or the digits of a whole number.
    func keyText(at row: Int) -> String? {
        guard isPresent(row) else { return nil }
        return textValue(at: row) ?? integerValue(at: row).map(String.init)
    }
}
