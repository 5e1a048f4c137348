import Types

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// Numbers rows by an array over all combinations of their keys, where there are few enough of them: no hashing, one access a row.
struct DenseGroups {
    /// The most places that a table may have, whatever the number of rows.
    private static let largest: Int64 = 1 << 26
    /// The places of so many rows are read before new groups are looked for among them: reads that no branch waits for overlap, which a
    /// table larger than the cache needs, and the places are near when they are looked at again.
    private static let rowsAtOnce = 1024

    private var meanings: [DenseKeys.Meaning] = []
    private var windows: [KeyWindow] = []
    /// The group of each combination of keys, or -1.
    private var table = Table(count: 0)
    private var isFresh = true
    /// How many records there are, by key column, where it is known.
    private let domains: [Int?]

    init(domains: [Int?]) { self.domains = domains }

    private final class Table {
        let places: UnsafeMutableBufferPointer<Int32>

        init(count: Int) {
            let byteCount = count * MemoryLayout<Int32>.stride
            guard let memory = LargeMemory.allocate(byteCount) else {
                fatalError("out of memory: \(byteCount) bytes were asked for")
            }
            places = UnsafeMutableBufferPointer(start: memory.bindMemory(to: Int32.self, capacity: count), count: count)
            places.initialize(repeating: -1)
        }

        deinit { free(places.baseAddress) }
    }

    /// The keys of a batch as integers; none where the table cannot take them.
    func keys(_ columns: [Vector]) -> [DenseKeys]? {
        var keys: [DenseKeys] = []
        for (index, column) in columns.enumerated() {
            guard let dense = DenseKeys(column, domain: index < domains.count ? domains[index] : nil) else { return nil }
            keys.append(dense)
        }
        return isFresh || keys.map(\.meaning) == meanings ? keys : nil
    }

    /// Makes room for a batch, where `rowCount` rows are to be expected in all: a table with many more places than rows costs more than it
    /// saves. `known` are the keys of the groups so far. False where there is no room.
    mutating func prepare(_ keys: [DenseKeys], rowCount: Int, known: () -> [Vector]) -> Bool {
        let limit = min(Self.largest, max(1 << 12, Int64(rowCount) * 8))
        if isFresh {
            let first = keys.map(KeyWindow.init)
            guard Self.size(first, limit: limit) != nil else { return false }
            meanings = keys.map(\.meaning)
            install(first)
            isFresh = false
            return true
        }
        if zip(windows, keys).allSatisfy({ $0.holds($1) }) { return true }
        for withRoom in [true, false] {
            let wider = zip(windows, keys).map { $0.widened(for: $1, withRoom: withRoom) }
            guard Self.size(wider, limit: limit) != nil else { continue }
            guard let groups = self.keys(known()) else { return false }
            install(wider)
            let places = places(groups)
            for group in 0..<places.count { table.places[Int(places[group])] = Int32(truncatingIfNeeded: group) }
            return true
        }
        return false
    }

    private mutating func install(_ windows: [KeyWindow]) {
        self.windows = windows
        table = Table(count: Int(Self.size(windows, limit: .max) ?? 1))
    }

    /// How many combinations there are; none beyond the limit.
    private static func size(_ windows: [KeyWindow], limit: Int64) -> Int64? {
        var size: Int64 = 1
        for window in windows {
            let (product, overflow) = size.multipliedReportingOverflow(by: window.span)
            if overflow || product > limit { return nil }
            size = product
        }
        return size
    }

    private func places(_ keys: [DenseKeys]) -> Buffer<Int32> {
        var places: Buffer<Int32>?
        for (window, key) in zip(windows, keys) { places = window.places(key, behind: places) }
        return places ?? Buffer([])
    }

    /// The group of each row; new ones are numbered from `groupCount`, and the rows that begin them are added to `firsts`.
    mutating func assign(_ keys: [DenseKeys], groupCount: Int, firsts: inout [Int32]) -> Buffer<Int32> {
        let places = places(keys)
        var next = Int32(truncatingIfNeeded: groupCount)
        let table = table.places
        return Buffer(capacity: places.count) { groups in
            for start in stride(from: 0, to: places.count, by: Self.rowsAtOnce) {
                let rows = start..<min(start + Self.rowsAtOnce, places.count)
                var lowest: Int32 = 0
                for row in rows {
                    let known = table[Int(places.base[row])]
                    groups[row] = known
                    lowest = min(lowest, known)
                }
                if lowest >= 0 { continue }
                for row in rows where groups[row] < 0 {
                    let place = Int(places.base[row])
                    if table[place] < 0 {
                        table[place] = next
                        firsts.append(Int32(truncatingIfNeeded: row))
                        next &+= 1
                    }
                    groups[row] = table[place]
                }
            }
            return places.count
        }
    }
}
