import Columns
import Types

/// Writes columns in the form that takes the least room and can still be used in place or read a few rows at a time.
struct ColumnPacker {
    let store: Store
    let sink: SnapshotSink

    /// Texts that are nearly as many as the rows, and short enough to be names or addresses, are looked for one by one.
    private static let longestIndexed = 64
    private static let leastIndexed = 1024

    func pack(_ field: FieldID) throws(SnapshotError) -> PackedColumn {
        let vector = store.vector(field)
        if case .none = vector.storage { return PackedColumn(rowCount: vector.count, validity: nil, values: .missing) }
        let validity: Extent?
        if let bits = vector.validity { validity = try sink.section(bits.words.pointer) } else { validity = nil }
        return PackedColumn(rowCount: vector.count, validity: validity, values: try values(vector, field))
    }

    private func values(_ vector: Vector, _ field: FieldID) throws(SnapshotError) -> PackedColumn.Values {
        let count = vector.count
        switch vector.storage {
        case .bool(let bits): return .bool(try sink.section(bits.words.pointer))
        case .decimal(let units, let scale):
            switch units {
            case .int8(let values): return .decimal(width: 1, scale: scale, try sink.section(values.pointer))
            case .int16(let values): return .decimal(width: 2, scale: scale, try sink.section(values.pointer))
            case .int32(let values): return .decimal(width: 4, scale: scale, try sink.section(values.pointer))
            case .int64(let values): return .decimal(width: 8, scale: scale, try sink.section(values.pointer))
            }
        case .double(let values):
            // What stands where a value is missing need not be a number.
            let sound = (0..<count).map { vector.isPresent($0) ? values[$0] : 0 }
            return .double(try sink.section(sound))
        case .date(let days):
            return .date(try PackedIntegers.pack(count: count, to: sink) { vector.isPresent($0) ? Int64(days.base[$0]) : 0 })
        case .time(let instants):
            return .time(
                try PackedIntegers.pack(count: count, to: sink, findsStep: true) { vector.isPresent($0) ? instants.base[$0] : 0 })
        case .coded(let codes, let dictionary):
            if let keys = try keys(vector, codes, dictionary, field) { return keys }
            let own = codes.widened()
            let packed = try PackedIntegers.pack(count: count, to: sink) { vector.isPresent($0) ? Int64(own.base[$0]) : 0 }
            return .coded(packed, try TextPacker(sink).pack(dictionary.texts), isSorted: dictionary.isSorted)
        case .text(let texts):
            let packed = try TextPacker(sink).pack(texts)
            return .text(packed, try index(texts, vector, packed, field))
        case .numbered(let numbers, let form):
            let width = numbers.byteWidth
            if let link = linkOfKeys(vector, numbers, form, field) { return .keyNumbers(of: link, width: width) }
            let wide = numbers.widened()
            let packed = try PackedIntegers.pack(count: count, to: sink) { vector.isPresent($0) ? wide.base[$0] : 0 }
            return .numbered(packed, form, width: width)
        case .none, .duration, .period, .record, .set, .list, .table: return .missing
        }
    }

    private func index(
        _ texts: TextStorage, _ vector: Vector, _ packed: PackedTexts, _ field: FieldID
    ) throws(SnapshotError) -> PackedTextIndex? {
        guard texts.count >= Self.leastIndexed, Int(texts.offsets[texts.count]) <= texts.count * Self.longestIndexed,
            !packed.countsUp, store.schema[field].isNearlyUnique
        else { return nil }
        return try PackedTextIndex(texts, isPresent: { vector.isPresent($0) }, to: sink)
    }

    // MARK: Keys of linked records

    /// The column as the keys of the records that a link leads to, where that is what it is.
    private func keys(
        _ vector: Vector, _ codes: Codes, _ dictionary: TextDictionary, _ field: FieldID
    ) throws(SnapshotError) -> PackedColumn.Values? {
        guard dictionary.isSorted else { return nil }
        for link in store.schema[field].links where store.schema[link].origin == .key(field) {
            guard let entries = entries(vector, codes, dictionary, link) else { continue }
            return .keys(of: link, entries: try PackedIntegers.pack(count: entries.count, to: sink) { Int64(entries[$0]) })
        }
        return nil
    }

    /// The link whose records' numbered keys the column holds.
    private func linkOfKeys(_ vector: Vector, _ numbers: Integers, _ form: NumberedForm, _ field: FieldID) -> LinkID? {
        store.schema[field].links.first { link in
            guard store.schema[link].origin == .key(field), let key = keyField(link),
                case .one(let targets) = store.index(of: link),
                case .numbered(let keys, form) = store.vector(key).storage
            else { return false }
            return (0..<vector.count).allSatisfy { row in
                let target = Int(targets[row])
                return target < 0 ? !vector.isPresent(row) : vector.isPresent(row) && keys[target] == numbers[row]
            }
        }
    }

    /// The key that a link leads to, where that is a column without gaps and not itself stored as the keys of other records, which could lead
    /// in a circle.
    private func keyField(_ link: LinkID) -> FieldID? {
        let target = store.schema[link].to
        guard let key = store.schema[target].key.map({ FieldID(target, $0) }), store.vector(key).validity == nil,
            !store.schema[key].links.contains(where: { store.schema[$0].origin == .key(key) })
        else { return nil }
        return key
    }

    /// For each entry of the dictionary the record whose key it is; none where a row's value is not the key of its record.
    private func entries(_ vector: Vector, _ codes: Codes, _ dictionary: TextDictionary, _ link: LinkID) -> [Int32]? {
        guard store.schema[link].danglingCount == 0, let key = keyField(link), case .one(let targets) = store.index(of: link)
        else { return nil }
        let keys = store.vector(key)
        guard keys.holdsText else { return nil }
        var entries = [Int32](repeating: -1, count: dictionary.count)
        let own = codes.widened()
        for row in 0..<vector.count {
            guard vector.isPresent(row) else {
                if targets[row] >= 0 { return nil }
                continue
            }
            let code = Int(own.base[row])
            let target = targets[row]
            guard target >= 0, entries[code] < 0 || entries[code] == target else { return nil }
            entries[code] = target
        }
        for (code, row) in entries.enumerated() {
            guard row >= 0, isText(keys, Int(row), dictionary.texts.bytes(at: code)) else { return nil }
        }
        // Two entries of one record would be one text.
        return Set(entries).count == entries.count ? entries : nil
    }

    /// Whether a text stands at a row.
    private func isText(_ vector: Vector, _ row: Int, _ wanted: UnsafeBufferPointer<UInt8>) -> Bool {
        switch vector.storage {
        case .text(let texts): KeyIndex.same(texts.bytes(at: row), wanted)
        case .coded(let codes, let dictionary): KeyIndex.same(dictionary.texts.bytes(at: codes[row]), wanted)
        case .numbered(let numbers, let form): form.number(of: wanted) == numbers[row]
        default: false
        }
    }

    // MARK: Links

    func pack(_ link: LinkID) throws(SnapshotError) -> PackedLink {
        func packed(_ values: Buffer<Int32>) throws(SnapshotError) -> PackedIntegers {
            try PackedIntegers.pack(count: values.count, to: sink) { Int64(values.base[$0]) }
        }
        switch store.index(of: link) {
        case .one(let targets): return .one(try packed(targets))
        case .many(let segments, let rows, let edges):
            var packedEdges: PackedIntegers?
            if let edges { packedEdges = try packed(edges) }
            return .many(offsets: try packed(segments.offsets), rows: try packed(rows), edges: packedEdges)
        }
    }
}

extension Integers {
    /// How many bytes an integer has.
    fileprivate var byteWidth: Int {
        switch self {
        case .int8: 1
        case .int16: 2
        case .int32: 4
        case .int64: 8
        }
    }
}
