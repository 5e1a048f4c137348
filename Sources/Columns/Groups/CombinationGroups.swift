import Types

/// Numbers rows by their combination of keys, where all combinations there can be are few enough to be counted in 32 bits: each has a place,
/// and the group stands at that place of an array, or beside it in a hash table where the array would have many more places than rows.
struct CombinationGroups {
    /// The most places that an array may have, whatever the number of rows.
    private static let largestArray: Int64 = 1 << 26

    private enum Table {
        case array(PlaceArray)
        case hashed(PlaceHashes)
    }

    private var meanings: [DenseKeys.Meaning] = []
    private var windows: [KeyWindow] = []
    private var table = Table.hashed(PlaceHashes(groupCount: 0))
    private var isFresh = true
    /// How many records there are, by key column, where it is known.
    private let domains: [Int?]

    /// How many groups to make room for where they are hashed.
    private let expectedGroups: Int

    init(domains: [Int?], expectedGroups: Int) {
        self.domains = domains
        self.expectedGroups = expectedGroups
    }

    /// Where the groups stand; none before the first batch.
    var numbering: GroupNumbering? {
        if isFresh { return nil }
        switch table {
        case .array: return .array(placeCount: combinationCount)
        case .hashed: return .hashedCombinations
        }
    }

    /// How many combinations of the keys so far there can be.
    var combinationCount: Int { Int(Self.size(windows) ?? 0) }

    /// Whether each combination of the keys so far has its place in an array already.
    var isArray: Bool { if case .array = table { true } else { false } }

    /// The keys of a batch as integers; none where they have no place.
    func keys(_ columns: [Vector]) -> [DenseKeys]? {
        var keys: [DenseKeys] = []
        for (index, column) in columns.enumerated() {
            guard let dense = DenseKeys(column, domain: index < domains.count ? domains[index] : nil) else { return nil }
            keys.append(dense)
        }
        return isFresh || keys.map(\.meaning) == meanings ? keys : nil
    }

    /// Makes room for a batch, where `rowCount` rows are to be expected in all. `known` are the keys of the groups so far. False where there
    /// are too many combinations.
    mutating func prepare(_ keys: [DenseKeys], rowCount: Int, known: () -> [Vector]) -> Bool {
        if isFresh {
            guard install(keys.map(KeyWindow.init), rowCount: rowCount) else { return false }
            meanings = keys.map(\.meaning)
            isFresh = false
            return true
        }
        if zip(windows, keys).allSatisfy({ $0.holds($1) }) { return true }
        for withRoom in [true, false] {
            let wider = zip(windows, keys).map { $0.widened(for: $1, withRoom: withRoom) }
            guard Self.size(wider) != nil else { continue }
            guard let groups = self.keys(known()), install(wider, rowCount: rowCount) else { return false }
            // Each of these is a group of its own, so that they are numbered as they were.
            var firsts: [Int32] = []
            _ = assign(groups, groupCount: 0, firsts: &firsts)
            return true
        }
        return false
    }

    private mutating func install(_ windows: [KeyWindow], rowCount: Int) -> Bool {
        guard let size = Self.size(windows) else { return false }
        self.windows = windows
        let isArray = size <= min(Self.largestArray, max(1 << 12, Int64(rowCount) * 8))
        table = isArray ? .array(PlaceArray(count: Int(size))) : .hashed(PlaceHashes(groupCount: expectedGroups))
        return true
    }

    /// How many combinations there are; none where they are too many for places of 32 bits.
    private static func size(_ windows: [KeyWindow]) -> Int64? {
        var size: Int64 = 1
        for window in windows {
            let (product, overflow) = size.multipliedReportingOverflow(by: window.span)
            if overflow || product > Int64(Int32.max) { return nil }
            size = product
        }
        return size
    }

    /// The group of each row; new ones are numbered from `groupCount`, and the rows that begin them are added to `firsts`.
    mutating func assign(_ keys: [DenseKeys], groupCount: Int, firsts: inout [Int32]) -> Buffer<Int32> {
        var places: Buffer<Int32>?
        for (window, key) in zip(windows, keys) { places = window.places(key, behind: places) }
        guard let places else { return Buffer([]) }
        switch table {
        case .array(let array): return array.groups(places, groupCount: groupCount, firsts: &firsts)
        case .hashed(let hashes): return hashes.groups(places, groupCount: groupCount, firsts: &firsts)
        }
    }
}
