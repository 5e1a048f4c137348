import Columns
import Types

/// Numbers that look random and are the same each time (SplitMix64).
struct FixedRandom: RandomNumberGenerator {
    private var state: UInt64

    init(_ seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var word = state
        word = (word ^ (word >> 30)) &* 0xBF58_476D_1CE4_E5B9
        word = (word ^ (word >> 27)) &* 0x94D0_49BB_1331_11EB
        return word ^ (word >> 31)
    }
}

/// Generated columns, the same each time.
enum Generated {
    static let entity = EntityID(0)

    /// Integers of `0..<limit`.
    static func integers(_ count: Int, below limit: Int, seed: UInt64 = 1) -> [Int32] {
        var random = FixedRandom(seed)
        return (0..<count).map { _ in Int32(truncatingIfNeeded: random.next(upperBound: UInt64(limit))) }
    }

    /// Amounts of money in cents.
    static func amounts(_ count: Int, seed: UInt64 = 2) -> Vector {
        Vector(count: count, .decimal(.int32(Buffer(integers(count, below: 10_000_000, seed: seed))), scale: 2))
    }

    static func wholeNumbers(_ count: Int, below limit: Int, seed: UInt64 = 3) -> Vector {
        Vector(count: count, .decimal(.int32(Buffer(integers(count, below: limit, seed: seed))), scale: 0))
    }

    static func doubles(_ count: Int, seed: UInt64 = 4) -> Vector {
        var random = FixedRandom(seed)
        return Vector(count: count, .double(Buffer((0..<count).map { _ in Double.random(in: 0..<1000, using: &random) })))
    }

    /// Days of ten years, in no order.
    static func dates(_ count: Int, seed: UInt64 = 5) -> Vector {
        Vector(count: count, .date(Buffer(integers(count, below: 3650, seed: seed).map { $0 + 16_000 })))
    }

    static func records(_ rows: [Int32]) -> Vector { Vector(count: rows.count, .record(entity, Buffer(rows))) }

    /// Words of a sorted dictionary of so many.
    static func codes(_ count: Int, entries: Int, seed: UInt64 = 6) -> Vector {
        var builder = TextDictionaryBuilder()
        for entry in 0..<entries {
            var text = "stage-\(100_000 + entry)"
            text.withUTF8 { _ = builder.code(of: $0) }
        }
        let dictionary = builder.finishSorted().0
        let codes = Codes(Buffer(integers(count, below: entries, seed: seed)), entryCount: entries)
        return Vector(count: count, .coded(codes, dictionary))
    }

    /// One text a row, with a dictionary of none.
    static func texts(_ count: Int, _ text: (Int) -> String) -> Vector {
        var builder = TextStorageBuilder(capacity: count)
        for row in 0..<count { builder.append(text(row)) }
        return Vector(count: count, .text(builder.finish()))
    }

    /// Subjects of mails, of 20 to 50 bytes, nearly all different.
    static func subjects(_ count: Int, seed: UInt64 = 7) -> Vector {
        let words = ["quote", "renewal", "invoice", "meeting", "question", "about", "the", "order", "ticket", "urgent"]
        var random = FixedRandom(seed)
        return texts(count) { row in
            let chosen = (0..<Int.random(in: 3...6, using: &random)).map { _ in words.randomElement(using: &random)! }
            return chosen.joined(separator: " ") + " \(row)"
        }
    }

    /// A link to many: each of `domain` records leads to about `degree` others, a few of them to many more, as acquaintances do.
    static func network(domain: Int, degree: Int, seed: UInt64 = 8) -> LinkIndex {
        var random = FixedRandom(seed)
        var lists = [[Int32]](repeating: [], count: domain)
        for from in 0..<domain {
            for _ in 0..<(degree / 2) {
                // The square of a random part prefers the first records.
                let part = Double.random(in: 0..<1, using: &random)
                let to = Int(part * part * Double(domain))
                guard to != from else { continue }
                lists[from].append(Int32(to))
                lists[to].append(Int32(from))
            }
        }
        let sorted = lists.map { Array(Set($0)).sorted() }
        return .many(Segments(lengths: sorted.map(\.count)), rows: Buffer(sorted.flatMap { $0 }), edges: nil)
    }
}
