import Columns

/// Ids of Salesforce: 15 letters and digits in which case counts, or the same 15 and a checksum of 3.
enum SalesforceID {
    static let shortLength = 15
    static let longLength = 18

    static func isLength(_ count: Int) -> Bool { count == shortLength || count == longLength }

    /// Whether all values of a column look like such ids. The first that does not ends the search.
    static func areIDs(_ column: Vector) -> Bool {
        let texts: TextStorage
        switch column.storage {
        case .text(let storage): texts = storage
        case .coded(_, let dictionary): texts = dictionary.texts
        case .numbered(let numbers, let form):
            guard isLength(form.prefix.count + form.digits), form.prefix.allSatisfy(isLetterOrDigit) else { return false }
            texts = form.texts(numbers)
        default: return false
        }
        guard texts.count > 0 else { return false }
        for entry in 0..<texts.count {
            let bytes = texts.bytes(at: entry)
            guard isLength(bytes.count), bytes.allSatisfy(isLetterOrDigit) else { return false }
        }
        return true
    }

    private static func isLetterOrDigit(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "a")...UInt8(ascii: "z"):
            true
        default: false
        }
    }
}
