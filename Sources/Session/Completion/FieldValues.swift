import Columns
import Store
import Types

/// The different values of a field, the most frequent first.
struct FieldValues {
    /// The most different values for which the texts are kept; beyond, typing is faster than choosing.
    private static let limit = 300_000

    /// Values as the language writes them, texts without their quotes.
    private(set) var texts: [String] = []
    private(set) var counts: [Int] = []

    /// Takes one pass over the field and a sort of its different values.
    init(_ values: Vector, type: ValueType) {
        let grouper = Grouper(types: [type])
        let groups = grouper.assign([values], count: values.count)
        guard grouper.groupCount <= Self.limit else { return }
        var counts = [Int](repeating: 0, count: grouper.groupCount)
        groups.forEachGroup { counts[$0] += 1 }
        var order = Array(counts.indices)
        // Values that occur once each are as good in the order of the data.
        if counts.contains(where: { $0 > 1 }) { order.sort { (counts[$0], $1) > (counts[$1], $0) } }
        let keys = grouper.keys()[0]
        var bytes: [UInt8] = []
        for group in order where keys.isPresent(group) {
            bytes.removeAll(keepingCapacity: true)
            keys.appendText(of: group, to: &bytes)
            texts.append(String(decoding: bytes, as: UTF8.self))
            self.counts.append(counts[group])
        }
    }
}

extension Buffer where Element == Int32 {
    fileprivate func forEachGroup(_ body: (Int) -> Void) {
        for group in pointer { body(Int(group)) }
    }
}

extension Session {
    /// The values of a field, counted when they are first asked for.
    func values(of field: FieldID) -> FieldValues {
        if let known = fieldValues[field] { return known }
        let values = FieldValues(store.vector(field), type: store.schema[field].type)
        fieldValues[field] = values
        return values
    }
}
