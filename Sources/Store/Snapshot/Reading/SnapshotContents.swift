import Columns
import Synchronization
import Types

/// The columns and links of a snapshot, each read when it is first asked for.
///
/// Where a few records are looked at, the few places of the file are read that say something of them; a column from which much is read
/// that way is read as a whole, which costs less from then on.
final class SnapshotContents: StoreContents {
    /// The part of a column up to which rows are read one by one: beyond, reading all of it takes about as long.
    static let usualShare = 1.0 / 32
    private let file: SnapshotFile
    private let directory: SnapshotDirectory
    private let columns: [[Part<Vector>]]
    private let links: [Part<LinkIndex>]
    private let damage = Mutex<SnapshotError?>(nil)

    init(_ file: SnapshotFile, _ directory: SnapshotDirectory, piecesUpTo share: Double) {
        self.file = file
        self.directory = directory
        func most(_ rows: Int) -> Int { Int(Double(rows) * share) }
        columns = directory.columns.map { $0.map { Part(mostInPieces: most($0.rowCount)) } }
        links = directory.schema.links.map { Part(mostInPieces: most(directory.schema[$0.from].rowCount)) }
    }

    var past: PastContents? { nil }

    var failure: SnapshotError? { damage.withLock { $0 } }

    /// The result of a read; where it fails, that is remembered and something empty given.
    private func attempt<Value>(_ body: () throws(SnapshotError) -> Value, else empty: () -> Value) -> Value {
        do throws(SnapshotError) {
            return try body()
        } catch {
            damage.withLock { $0 = $0 ?? error }
            return empty()
        }
    }

    // MARK: All of it

    func vector(_ field: FieldID) -> Vector {
        part(field).value {
            attempt { () throws(SnapshotError) in
                try read(column(field))
            } else: {
                .missing(count: column(field).rowCount)
            }
        }
    }

    func index(of link: LinkID) -> LinkIndex {
        links[link.index].value {
            attempt { () throws(SnapshotError) in
                try read(link)
            } else: {
                empty(link)
            }
        }
    }

    func loaded(_ field: FieldID) -> Vector? { part(field).loaded }
    func loaded(_ link: LinkID) -> LinkIndex? { links[link.index].loaded }

    private func part(_ field: FieldID) -> Part<Vector> { columns[field.entity.index][field.index] }
    private func column(_ field: FieldID) -> PackedColumn { directory.columns[field.entity.index][field.index] }
    private func rowCount(_ entity: EntityID) -> Int { directory.schema[entity].rowCount }

    private func read(_ column: PackedColumn) throws(SnapshotError) -> Vector {
        switch column.values {
        case .keys(let link, let entries):
            let (targets, key) = try linked(link)
            let keyCount = rowCount(key.entity)
            let used = try rows(entries, of: key.entity)
            let dictionary = TextDictionary(texts: try texts(at: used, of: key), isSorted: true)
            var codes = [Int32](repeating: -1, count: keyCount)
            for (code, row) in used.pointer.enumerated() { codes[Int(row)] = Int32(truncatingIfNeeded: code) }
            return try column.vector(codes: codes, of: targets, dictionary, in: file)
        case .keyNumbers(let link, let width):
            let (targets, key) = try linked(link)
            guard case .numbered(let keys, let form) = vector(key).storage else { throw file.damage("keys have no numbers") }
            return try column.vector(keys: keys, form, of: targets, width: width, in: file)
        default: return try column.vector(in: file).notingOrder()
        }
    }

    /// Where a link leads, and the keys of the records there.
    private func linked(_ link: LinkID) throws(SnapshotError) -> (Buffer<Int32>, FieldID) {
        guard case .one(let targets) = index(of: link), let key = directory.keyField(of: directory.schema[link].to) else {
            throw file.damage("a column of keys has no link")
        }
        return (targets, key)
    }

    /// Keys at rows: read one by one where they are few.
    private func keys(at rows: Buffer<Int32>, of key: FieldID) throws(SnapshotError) -> Vector {
        guard part(key).loaded != nil || rows.count > rowCount(key.entity) / 32 else {
            return try column(key).values(at: rows, in: file)
        }
        return vector(key).gathered(rows)
    }

    private func texts(at rows: Buffer<Int32>, of key: FieldID) throws(SnapshotError) -> TextStorage {
        switch try keys(at: rows, of: key).storage {
        case .text(let texts): return texts
        case .numbered(let numbers, let form): return form.texts(numbers)
        case .coded(let codes, let dictionary):
            var builder = TextStorageBuilder(capacity: rows.count)
            for row in 0..<rows.count { builder.append(dictionary.texts.bytes(at: codes[row])) }
            return builder.finish()
        default: throw file.damage("keys are no texts")
        }
    }

    private func read(_ link: LinkID) throws(SnapshotError) -> LinkIndex {
        let target = rowCount(directory.schema[link].to)
        switch directory.links[link.index] {
        case .one(let targets): return .one(try targets.all(Int32.self, within: -1...Int64(target - 1), in: file))
        case .many(let packedOffsets, let packedRows, let packedEdges):
            let total = packedRows.count
            let offsets = try packedOffsets.all(Int32.self, within: 0...Int64(total), in: file)
            guard offsets[0] == 0, Int(offsets[offsets.count - 1]) == total, offsets.ascends(0, offsets.count) else {
                throw file.damage("a link's offsets run backwards")
            }
            let rows = try rows(packedRows, of: directory.schema[link].to)
            let segments = Segments(offsets: offsets)
            guard segments.ascend(rows) else { throw file.damage("a link's records are out of order") }
            return .many(segments, rows: rows, edges: try edges(packedEdges, of: link))
        }
    }

    private func edges(_ edges: PackedIntegers?, of link: LinkID) throws(SnapshotError) -> Buffer<Int32>? {
        guard let edges, case .pairs(let edge, _, _, _) = directory.schema[link].origin else { return nil }
        return try rows(edges, of: edge)
    }

    /// The rows of an entity that there can be; one that has none is told apart by there being no row to look at.
    private func bounds(_ entity: EntityID) -> ClosedRange<Int64> { 0...Int64(max(rowCount(entity), 1) - 1) }

    private func rows(_ packed: PackedIntegers, of entity: EntityID) throws(SnapshotError) -> Buffer<Int32> {
        guard packed.count == 0 || rowCount(entity) > 0 else { throw file.damage("a link leads to records that there are not") }
        return try packed.all(Int32.self, within: bounds(entity), in: file)
    }

    private func empty(_ link: LinkID) -> LinkIndex {
        let near = rowCount(directory.schema[link].from)
        if directory.schema[link].isToOne { return .one(Buffer(repeating: -1, count: near)) }
        var edges: Buffer<Int32>?
        if case .pairs = directory.schema[link].origin { edges = Buffer(repeating: 0, count: 0) }
        return .many(.empty(count: near), rows: Buffer(repeating: 0, count: 0), edges: edges)
    }

    // MARK: A few rows

    func values(of field: FieldID, at rows: Buffer<Int32>) -> Vector? {
        guard part(field).isWorthPart(of: rows.count) else { return nil }
        return attempt { () throws(SnapshotError) in
            let column = column(field)
            let link: LinkID
            switch column.values {
            case .keys(let other, _), .keyNumbers(let other, _): link = other
            default: return try column.values(at: rows, in: file)
            }
            guard let key = directory.keyField(of: directory.schema[link].to) else {
                throw file.damage("a column of keys has no link")
            }
            let keys = try keys(at: try targetRows(of: link, from: rows), of: key)
            return Vector(count: rows.count, keys.storage, validity: try column.validity(at: rows, in: file))
        } else: {
            .missing(count: rows.count)
        }
    }

    func targets(of link: LinkID, from rows: Buffer<Int32>) -> Buffer<Int32>? {
        guard links[link.index].isWorthPart(of: rows.count) else { return nil }
        return attempt { () throws(SnapshotError) in
            try targetRows(of: link, from: rows)
        } else: {
            Buffer(repeating: -1, count: rows.count)
        }
    }

    private func targetRows(of link: LinkID, from rows: Buffer<Int32>) throws(SnapshotError) -> Buffer<Int32> {
        guard case .one(let targets) = directory.links[link.index] else { throw file.damage("a link leads to many") }
        let bounds = -1...Int64(rowCount(directory.schema[link].to) - 1)
        var found: [Int32] = []
        for row in rows.pointer { found.append(row < 0 ? -1 : Int32(try targets.value(at: Int(row), within: bounds, in: file))) }
        return Buffer(found)
    }

    func members(of link: LinkID, from rows: Buffer<Int32>) -> (Segments, rows: Buffer<Int32>, edges: Buffer<Int32>?)? {
        guard links[link.index].isWorthPart(of: rows.count),
            case .many(let offsets, let targets, let edges) = directory.links[link.index]
        else { return nil }
        return attempt { () throws(SnapshotError) in
            try memberRows(offsets, targets, edges, of: link, from: rows)
        } else: {
            var none: Buffer<Int32>?
            if edges != nil { none = Buffer(repeating: 0, count: 0) }
            return (.empty(count: rows.count), rows: Buffer(repeating: 0, count: 0), edges: none)
        }
    }

    /// None where the few rows lead to so many that the whole link is better read.
    private func memberRows(
        _ offsets: PackedIntegers, _ targets: PackedIntegers, _ edges: PackedIntegers?, of link: LinkID, from rows: Buffer<Int32>
    ) throws(SnapshotError) -> (Segments, rows: Buffer<Int32>, edges: Buffer<Int32>?)? {
        let target = directory.schema[link].to
        guard targets.count == 0 || rowCount(target) > 0 else { throw file.damage("a link leads to records that there are not") }
        let bounds = bounds(target)
        var ends: [Int32] = [0]
        var found: [Int32] = []
        var foundEdges: [Int32] = []
        for row in rows.pointer {
            if row >= 0 {
                let start = Int(try offsets.value(at: Int(row), within: 0...Int64(targets.count), in: file))
                let end = Int(try offsets.value(at: Int(row) + 1, within: 0...Int64(targets.count), in: file))
                guard start <= end else { throw file.damage("a link's offsets run backwards") }
                if found.count + end - start > max(1024, targets.count / 16) { return nil }
                for place in start..<end {
                    found.append(Int32(try targets.value(at: place, within: bounds, in: file)))
                    guard let edges, case .pairs(let edge, _, _, _) = directory.schema[link].origin else { continue }
                    foundEdges.append(Int32(try edges.value(at: place, within: self.bounds(edge), in: file)))
                }
                guard zip(found[Int(ends.last!)...], found[Int(ends.last!)...].dropFirst()).allSatisfy({ $0 < $1 }) else {
                    throw file.damage("a link's records are out of order")
                }
            }
            ends.append(Int32(found.count))
        }
        return (Segments(offsets: Buffer(ends)), rows: Buffer(found), edges: edges.map { _ in Buffer(foundEdges) })
    }

    // MARK: Looking up

    func rows(where field: FieldID, equals text: String) -> [Int32]? {
        let column = column(field)
        if case .numbered(let numbers, let form, _) = column.values, numbers.width == 0, numbers.step > 0 {
            return attempt { () throws(SnapshotError) in
                guard let row = form.number(of: text).flatMap(numbers.position(of:)) else { return [] }
                return try column.isPresent(row, in: file) ? [Int32(row)] : []
            } else: {
                []
            }
        }
        guard case .text(let texts, let index) = column.values, index != nil || texts.countsUp else { return nil }
        return attempt { () throws(SnapshotError) in
            let expected = Array(text.utf8)
            let candidates =
                try index?.candidates(for: expected, rowCount: column.rowCount, in: file) ?? texts.positions(of: expected)
            var found: [Int32] = []
            for row in candidates {
                var text: [UInt8] = []
                try texts.append(Int(row), to: &text, in: file)
                if text == expected, try column.isPresent(Int(row), in: file) { found.append(row) }
            }
            return found
        } else: {
            []
        }
    }

    func occurs(_ text: String, in field: FieldID) -> Bool? {
        if let loaded = part(field).loaded { return loaded.hasEntry(text) }
        return attempt { () throws(SnapshotError) -> Bool? in
            switch column(field).values {
            case .missing: return false
            case .coded(_, let texts, isSorted: true):
                return try isAmong(texts.count, text) { entry, bytes throws(SnapshotError) in
                    try texts.append(entry, to: &bytes, in: file)
                }
            case .keys(let link, let entries):
                guard let key = directory.keyField(of: directory.schema[link].to) else { return nil }
                let bounds = bounds(key.entity)
                return try isAmong(entries.count, text) { entry, bytes throws(SnapshotError) in
                    let row = Int32(try entries.value(at: entry, within: bounds, in: file))
                    let found = try texts(at: Buffer([row]), of: key)
                    bytes += found.bytes(at: 0)
                }
            case .numbered(_, let form, _): return form.number(of: text) == nil ? false : nil
            case .text: return nil
            default: return vector(field).hasEntry(text)
            }
        } else: {
            nil
        }
    }

    /// Whether a text is one of so many that ascend, by halving.
    private func isAmong(
        _ count: Int, _ text: String, _ append: (Int, inout [UInt8]) throws(SnapshotError) -> Void
    ) throws(SnapshotError) -> Bool {
        let wanted = Array(text.utf8)
        var lower = 0
        var upper = count
        while lower < upper {
            let middle = (lower + upper) / 2
            var found: [UInt8] = []
            try append(middle, &found)
            if found == wanted { return true }
            if found.lexicographicallyPrecedes(wanted) { lower = middle + 1 } else { upper = middle }
        }
        return false
    }
}

/// A column or a link, once it is read, and how much of it was read piece by piece before.
private final class Part<Value: Sendable>: Sendable {
    private let state = Mutex<Value?>(nil)
    private let mostInPieces: Int
    private let piecesRead = Atomic<Int>(0)

    init(mostInPieces: Int) { self.mostInPieces = mostInPieces }

    var loaded: Value? { state.withLock { $0 } }

    /// The whole; `read` is called once, while other threads wait.
    func value(_ read: () -> Value) -> Value {
        state.withLock { state in
            if let state { return state }
            let value = read()
            state = value
            return value
        }
    }

    /// Whether to read the places of a few rows rather than everything: not where everything is there already, nor where all the pieces
    /// together become a large part of it.
    func isWorthPart(of rows: Int) -> Bool {
        guard loaded == nil else { return false }
        return piecesRead.add(rows, ordering: .relaxed).newValue <= mostInPieces
    }
}
