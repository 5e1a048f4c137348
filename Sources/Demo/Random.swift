/// A named source of random numbers in which every row has its own, independent of all other rows.
///
/// Keying by name and row means that a table can be written in any order, or only in part, with the same values,
/// and that a new column in one table changes nothing in the others.
struct Stream {
    private let key: UInt64

    init(_ name: StaticString) {
        var hash: UInt64 = 0xcbf2_9ce4_8422_2325
        name.withUTF8Buffer { bytes in
            for byte in bytes { hash = (hash ^ UInt64(byte)) &* 0x0000_0100_0000_01b3 }
        }
        key = mixed(hash)
    }

    /// The random numbers of one row.
    @inline(__always)
    func dice(_ row: Int) -> Dice {
        Dice(state: mixed(key ^ (UInt64(truncatingIfNeeded: row) &* Dice.step)))
    }

    /// Whether `row` is the one of its block of `every` rows that is hit.
    ///
    /// Rates of messy values are kept this way, and not by a throw for each row, because they are then exact at every scale:
    /// 200 rows at one in 100 hold two hits, never none and never five.
    func hits(_ row: Int, oneIn every: Int) -> Bool {
        var dice = dice(row / every)
        return dice.below(every) == row % every
    }
}

/// Steele, Lea and Flood's splitmix64, the numbers of one row.
struct Dice {
    static let step: UInt64 = 0x9e37_79b9_7f4a_7c15

    var state: UInt64

    @inline(__always)
    mutating func next() -> UInt64 {
        state = state &+ Dice.step
        return mixed(state)
    }

    /// A number from 0 up to but not including 1, in steps of 2 to the power of -53.
    @inline(__always)
    mutating func unit() -> Double {
        Double(next() >> 11) * 0x1p-53
    }

    /// A whole number from 0 up to but not including `limit`, which must be positive.
    @inline(__always)
    mutating func below(_ limit: Int) -> Int {
        Int(next().multipliedFullWidth(by: UInt64(limit)).high)
    }

    /// A whole number of the closed range.
    mutating func within(_ range: ClosedRange<Int>) -> Int {
        range.lowerBound + below(range.count)
    }

    @inline(__always)
    mutating func chance(_ probability: Double) -> Bool {
        unit() < probability
    }

    /// A number of at least 1 with a Pareto tail (index 2, mean below 2), cut off at `most`.
    ///
    /// A square root is rounded exactly by every processor, which `pow` and `exp` of the C libraries are not.
    mutating func heavy(most: Double) -> Double {
        min(most, 1 / (1 - unit()).squareRoot())
    }
}

@inline(__always)
private func mixed(_ value: UInt64) -> UInt64 {
    var z = value
    z = (z ^ (z >> 30)) &* 0xbf58_476d_1ce4_e5b9
    z = (z ^ (z >> 27)) &* 0x94d0_49bb_1331_11eb
    return z ^ (z >> 31)
}

/// A choice among a few things by weight, such as one of the countries.
struct Choice {
    private let sums: [Int]

    init(_ weights: [Int]) {
        var sum = 0
        sums = weights.map { weight in
            sum += weight
            return sum
        }
    }

    @inline(__always)
    func pick(_ dice: inout Dice) -> Int {
        let thrown = dice.below(sums[sums.count - 1])
        var index = 0
        while sums[index] <= thrown { index += 1 }
        return index
    }
}

/// A choice among many things by weight in constant time: Walker's alias method as set up by Vose (1991).
struct AliasTable {
    private var keep: [Double]
    private var alias: [Int32]

    init(_ weights: [Double]) {
        let count = weights.count
        let total = weights.reduce(0, +)
        keep = total > 0 ? weights.map { $0 * Double(count) / total } : Array(repeating: 1, count: count)
        alias = (0..<count).map(Int32.init)
        var small: [Int] = []
        var large: [Int] = []
        for index in 0..<count {
            if keep[index] < 1 { small.append(index) } else { large.append(index) }
        }
        while let poor = small.popLast(), let rich = large.popLast() {
            alias[poor] = Int32(rich)
            keep[rich] -= 1 - keep[poor]
            if keep[rich] < 1 { small.append(rich) } else { large.append(rich) }
        }
    }

    @inline(__always)
    func pick(_ dice: inout Dice) -> Int {
        let index = dice.below(keep.count)
        return dice.unit() < keep[index] ? index : Int(alias[index])
    }
}
