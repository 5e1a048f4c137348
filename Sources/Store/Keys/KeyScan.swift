import Columns
import Types

/// Finds the row of a key by looking at every row, for stores that are asked once.
enum KeyScan {
    static func row(of text: String, in keys: Vector) -> Int32? {
        var text = text
        return text.withUTF8 { wanted in
            switch keys.storage {
            case .text, .coded: row(ofText: wanted, in: keys)
            case .numbered(let numbers, let form):
                row(ofText: wanted, among: numbers, form, in: keys)
            case .decimal, .double: KeyDigits.integer(wanted).flatMap { row(ofInteger: $0, in: keys) }
            default: nil
            }
        }
    }

    private static func row(ofText wanted: UnsafeBufferPointer<UInt8>, in keys: Vector) -> Int32? {
        if let row = first(in: keys, where: { KeyIndex.same($0, wanted) }) { return row }
        guard SalesforceID.isLength(wanted.count), SalesforceID.areIDs(keys) else { return nil }
        let short = KeyIndex.truncated(wanted, to: SalesforceID.shortLength)
        return first(in: keys) { KeyIndex.same(KeyIndex.truncated($0, to: SalesforceID.shortLength), short) }
    }

    private static func row(
        ofText wanted: UnsafeBufferPointer<UInt8>, among numbers: Integers, _ form: NumberedForm, in keys: Vector
    ) -> Int32? {
        if let number = form.number(of: wanted) {
            for row in 0..<keys.count where numbers[row] == number && keys.isPresent(row) { return Int32(row) }
        }
        guard SalesforceID.isLength(wanted.count), SalesforceID.areIDs(keys) else { return nil }
        return row(ofText: wanted, in: Vector(count: keys.count, .text(form.texts(numbers)), validity: keys.validity))
    }

    private static func first(in keys: Vector, where isWanted: (UnsafeBufferPointer<UInt8>) -> Bool) -> Int32? {
        switch keys.storage {
        case .text(let texts):
            for row in 0..<keys.count where isWanted(texts.bytes(at: row)) && keys.isPresent(row) { return Int32(row) }
        case .coded(let codes, let dictionary):
            guard let code = (0..<dictionary.count).first(where: { isWanted(dictionary.texts.bytes(at: $0)) }) else { return nil }
            for row in 0..<keys.count where codes[row] == code && keys.isPresent(row) { return Int32(row) }
        default: break
        }
        return nil
    }

    private static func row(ofInteger wanted: Int64, in keys: Vector) -> Int32? {
        for row in 0..<keys.count where keys.isPresent(row) && keys.integerValue(at: row) == wanted { return Int32(row) }
        return nil
    }
}
