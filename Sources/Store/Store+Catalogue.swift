import Columns
import Syntax
import Types

extension Store: Catalogue {
    /// The most texts that are looked through for one that resembles another; beyond, a hint is not worth the wait.
    private static let resemblanceLimit = 200_000

    public func occurs(_ text: String, in field: FieldID) -> Bool? { contents.occurs(text, in: field) }

    public func valuesResembling(_ text: String, in field: FieldID, limit: Int) -> [String] {
        resembling(text, in: vector(field), limit: limit)
    }

    public func rows(of entity: EntityID, named text: String) -> [Int32] {
        // Keys and labels are taken for lasting.
        if let past = contents.past {
            return past.present.rows(of: entity, named: text).filter { past.exists($0, in: entity) }
        }
        let found = schema[entity]
        if let key = found.key, let row = row(of: entity, withKey: text, FieldID(entity, key)) { return [row] }
        guard let label = found.label else { return [] }
        let field = FieldID(entity, label)
        return rows(where: field, equals: text)?.array ?? rows(where: vector(field), equals: text)
    }

    public func recordsResembling(_ text: String, in entity: EntityID, limit: Int) -> [String] {
        let found = schema[entity]
        var names = found.label.map { resembling(text, in: vector(FieldID(entity, $0)), limit: limit) } ?? []
        if let key = found.key, key != found.label {
            for name in resembling(text, in: vector(FieldID(entity, key)), limit: limit) where !names.contains(name) {
                names.append(name)
            }
        }
        return Array(names.prefix(limit))
    }

    /// The first few times a key is looked for row by row: an index over a million keys takes longer to build than a question may.
    private func row(of entity: EntityID, withKey text: String, _ key: FieldID) -> Int32? {
        if let row = contents.rows(where: key, equals: text)?.first { return row }
        let keys = vector(key)
        guard finders.isWorthAnIndex(entity) else { return KeyScan.row(of: text, in: keys) }
        return finders.finder(entity) { ReferenceFinder(key: keys, label: nil) }.row(ofKey: text)
    }

    /// All rows with a value, in one pass.
    func rows(where vector: Vector, equals text: String) -> [Int32] {
        var rows: [Int32] = []
        var text = text
        text.withUTF8 { wanted in
            switch vector.storage {
            case .coded(let codes, let dictionary):
                guard let code = dictionary.position(of: wanted) else { return }
                codes.forEachCode { row, other in
                    if other == code, vector.isPresent(row) { rows.append(Int32(row)) }
                }
            case .text(let texts):
                for row in 0..<vector.count where KeyIndex.same(texts.bytes(at: row), wanted) && vector.isPresent(row) {
                    rows.append(Int32(row))
                }
            case .numbered(let numbers, let form):
                guard let number = form.number(of: wanted) else { return }
                for row in 0..<vector.count where numbers[row] == number && vector.isPresent(row) { rows.append(Int32(row)) }
            default: break
            }
        }
        return rows
    }

    /// The values that are equal but for case and accents, or begin so, before those that are a slip away.
    private func resembling(_ text: String, in vector: Vector, limit: Int) -> [String] {
        let texts: TextStorage
        switch vector.storage {
        case .coded(_, let dictionary): texts = dictionary.texts
        case .text(let storage): texts = storage
        case .numbered(let numbers, let form) where numbers.count <= Self.resemblanceLimit: texts = form.texts(numbers)
        default: return []
        }
        guard texts.count <= Self.resemblanceLimit, limit > 0 else { return [] }
        var same: [String] = []
        var near: [String] = []
        let wanted = folded(text)
        for index in 0..<texts.count where vector.count != texts.count || vector.isPresent(index) {
            let candidate = texts[index]
            let shape = folded(candidate)
            if shape == wanted {
                if !same.contains(candidate) { same.append(candidate) }
            } else if abs(shape.utf8.count - wanted.utf8.count) <= wanted.utf8.count / 3 + 1 || shape.hasPrefix(wanted) {
                near.append(candidate)
            }
        }
        if same.count < limit { same += nearest(to: text, among: near, limit: limit - same.count) }
        return Array(same.prefix(limit))
    }
}

extension TextDictionary {
    /// The code of a text, by halving where the dictionary is sorted.
    func position(of text: String) -> Int? {
        var text = text
        return text.withUTF8 { position(of: $0) }
    }

    func position(of wanted: UnsafeBufferPointer<UInt8>) -> Int? {
        guard isSorted else { return (0..<count).first { KeyIndex.same(texts.bytes(at: $0), wanted) } }
        var low = 0
        var high = count
        while low < high {
            let middle = (low + high) / 2
            if texts.bytes(at: middle).lexicographicallyPrecedes(wanted) { low = middle + 1 } else { high = middle }
        }
        return low < count && KeyIndex.same(texts.bytes(at: low), wanted) ? low : nil
    }
}
