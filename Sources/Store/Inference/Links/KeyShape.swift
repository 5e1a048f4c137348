import Columns

/// What the values of a column look like from afar: enough to see that most columns cannot hold the keys of an entity, without
/// looking any of them up.
struct KeyShape {
    private(set) var shortest = Int.max
    private(set) var longest = 0
    /// What all sampled values begin with.
    private(set) var commonPrefix: [UInt8] = []
    private var hasOnlyDigits = true
    private var totalLength = 0
    private var sampleCount = 0

    private static let sampleLimit = 256

    /// None for columns that are neither text nor whole numbers, or have no values.
    init?(_ vector: Vector) {
        let stride = max(1, vector.count / Self.sampleLimit)
        for row in Swift.stride(from: 0, to: vector.count, by: stride) {
            guard let text = vector.keyText(at: row) else { continue }
            add(Array(text.utf8))
        }
        if sampleCount == 0 {
            guard let row = (0..<vector.count).first(where: { vector.keyText(at: $0) != nil }), let text = vector.keyText(at: row)
            else { return nil }
            add(Array(text.utf8))
        }
    }

    private mutating func add(_ bytes: [UInt8]) {
        commonPrefix = sampleCount == 0 ? bytes : Array(zip(commonPrefix, bytes).prefix { $0 == $1 }.map(\.0))
        shortest = min(shortest, bytes.count)
        longest = max(longest, bytes.count)
        totalLength += bytes.count
        sampleCount += 1
        if !bytes.allSatisfy({ $0 >= UInt8(ascii: "0") && $0 <= UInt8(ascii: "9") }) { hasOnlyDigits = false }
    }

    /// Whether values like these are hardly found elsewhere by chance. Digits alone are: counters, years, postal codes.
    var isDistinctive: Bool { !hasOnlyDigits && totalLength >= 4 * sampleCount }

    /// Whether most values of the other column could be among those of this one.
    func admits(_ other: KeyShape) -> Bool {
        if hasOnlyDigits || other.hasOnlyDigits { return false }
        let slack = max(longest / 2, 3)
        guard other.longest <= longest + slack, other.shortest + slack >= shortest else { return false }
        if sampleCount < 2 { return true }
        // Two prefixes agree as far as both go.
        return zip(commonPrefix, other.commonPrefix).allSatisfy { $0 == $1 } || other.commonPrefix.isEmpty
    }
}
