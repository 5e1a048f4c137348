import Syntax
import Testing
import Types

@testable import Columns

struct GroupTests {
    @Test func groupsAreNumberedByFirstAppearanceOverBatches() {
        var random = Random(seed: 91)
        for _ in 0..<150 {
            let types = (0..<random.int(1...3)).map { _ in random.pick(scalarTypes) }
            let grouper = Grouper(types: types)
            var known: [[Value]] = []
            for _ in 0..<random.int(1...4) {
                let size = random.pick(sizes)
                let columns = types.map { random.values($0, size) }
                let groups = grouper.assign(zip(types, columns).map { random.vector($0, $1) }, count: size).array
                for row in 0..<size {
                    let key = columns.map { $0[row] }
                    let expected = known.firstIndex { zip($0, key).allSatisfy { holds(.equal, $0, $1) } } ?? known.count
                    if expected == known.count { known.append(key) }
                    #expect(groups[row] == Int32(expected))
                    if groups[row] != Int32(expected) { return }
                }
            }
            #expect(grouper.groupCount == known.count)
            let keys = grouper.keys()
            for (index, type) in types.enumerated() {
                #expect(keys[index].count == known.count, "\(type)")
                #expect(same(keys[index].values, known.map { $0[index] }), "\(type)")
            }
        }
    }

    @Test func placedGroupsAreThoseOfTheRecords() {
        var random = Random(seed: 93)
        let entity = EntityID(0)
        for domain in [1, 63, 64, 200] {
            var placed = PlacedGroups(entity, domain: domain)
            var other = PlacedGroups(entity, domain: domain)
            var known: Set<Int32> = []
            var both: Set<Int32> = []
            for size in [0, 1, 40, 700, 1500] {
                let isComplete = random.chance(50)
                let rows = (0..<size).map { _ in Int32(random.int((isComplete ? 0 : -1)...(domain - 1))) }
                let assigned = placed.assign(Vector(count: size, .record(entity, Buffer(rows))))
                #expect(assigned.groups.array == rows.map { $0 < 0 ? Int32(domain) : $0 })
                #expect(assigned.firsts.array == rows.indices.filter { known.insert(rows[$0]).inserted }.map { Int32($0) })
                #expect(placed.groupCount == known.count)
                let others = (0..<size / 2).map { _ in Int32(random.int(-1...(domain - 1))) }
                _ = other.assign(Vector(count: others.count, .record(entity, Buffer(others))))
                both.formUnion(rows + others)
            }
            _ = placed.assign(.missing(count: 2))
            #expect(placed.merge(other).array == (0...domain).map { Int32($0) })
            #expect(placed.groupCount == both.union([-1]).count)
            #expect(placed.keys(Buffer([0, Int32(domain)])).values == [.record(entity, row: 0), .none])
        }
    }

    @Test func numbersMeetWhateverTheirRepresentation() {
        let grouper = Grouper(types: [.number])
        let batches: [Vector] = [
            Vector(count: 2, .decimal(.int8(Buffer([5, 50])), scale: 0)),
            Vector(count: 2, .decimal(.int64(Buffer([500, 55])), scale: 2)),
            Vector(count: 4, .double(Buffer([5, 0.55, 1.0 / 3, -0.0]))),
            Vector(count: 2, .decimal(.int16(Buffer([0, 550])), scale: 3)),
        ]
        #expect(batches.map { grouper.assign([$0], count: $0.count).array } == [[0, 1], [0, 2], [0, 2, 3, 4], [4, 2]])
    }

    @Test func farApartIntegersLeaveTheWindow() {
        let grouper = Grouper(types: [.number])
        let values: [Int64] = [0, .max, .min, 7, 0, .max, 1_000_000_000, 7]
        let vector = Vector(count: 8, .decimal(.int64(Buffer(values)), scale: 0))
        #expect(grouper.assign([vector], count: 8).array == [0, 1, 2, 3, 0, 1, 4, 3])
        // The window that a later batch opens must still know what came before it.
        let near = Vector(count: 3, .decimal(.int64(Buffer([7, 8, 0])), scale: 0))
        #expect(grouper.assign([near], count: 3).array == [3, 5, 0])
        #expect(grouper.assign([vector], count: 8).array == [0, 1, 2, 3, 0, 1, 4, 3])
    }

    /// Combinations of keys that are too many for an array are hashed, and grouped as a dictionary groups them, however the table and the
    /// windows of the keys have to grow.
    @Test func manyCombinationsAreGroupedAsADictionaryGroupsThem() {
        let grouper = Grouper(types: [.record(EntityID(0)), .number], domains: [1 << 20, nil])
        var numbers: [[Int]: Int32] = [:]
        var random = Random(seed: 7)
        for batch in 0..<40 {
            let keys = (0..<700).map { _ in
                [random.int(0...15) * 65_000, random.int(0...(10 << min(batch, 12))) - batch]
            }
            let expected = keys.map { key -> Int32 in
                if let known = numbers[key] { return known }
                numbers[key] = Int32(numbers.count)
                return Int32(numbers.count - 1)
            }
            let columns = [
                Vector(count: 700, .record(EntityID(0), Buffer(keys.map { Int32($0[0]) }))),
                Vector(count: 700, .decimal(.int64(Buffer(keys.map { Int64($0[1]) })), scale: 0)),
            ]
            #expect(grouper.assign(columns, count: 700).array == expected)
        }
        #expect(grouper.groupCount == numbers.count)
    }

    /// Rows with equal keys, missing ones among them, are shared out alike in all batches; each share has its rows in their order.
    @Test func equalKeysAreInOneShare() throws {
        let values = (0..<1000).map { Int64($0 * 37 % 90) }
        let isThere = Bitmap((0..<1000).map { $0 % 11 != 0 })
        func keys(_ rows: Range<Int>) -> [Vector] {
            let numbers = Vector(count: 1000, .decimal(.int64(Buffer(values)), scale: 0), validity: isThere)
            let dates = Vector(count: 1000, .date(Buffer((0..<1000).map { Int32($0 % 3) })))
            return [numbers.range(rows.lowerBound, rows.upperBound), dates.range(rows.lowerBound, rows.upperBound)]
        }
        let sharer = try #require(RowSharer(keys(0..<600)))
        var shareOfKey: [String: Int] = [:]
        for rows in [0..<600, 600..<1000] {
            let shares = try #require(sharer.shares(keys(rows), count: rows.count))
            let ranks = shares.ranks()
            var seen = 0
            for share in 0..<RowShares.count {
                let own = shares.rows(share).array
                #expect(own == own.sorted())
                seen += own.count
                for (rank, row) in own.enumerated() {
                    #expect(ranks[Int(row)] == Int32(rank))
                    let whole = rows.lowerBound + Int(row)
                    let key = "\(isThere[whole] ? values[whole] : -1) \(whole % 3)"
                    #expect(shareOfKey[key, default: share] == share)
                    shareOfKey[key] = share
                }
            }
            #expect(seen == rows.count)
        }
        #expect(Set(shareOfKey.values).count == RowShares.count)
        let texts = [Vector(count: 1, .double(Buffer([0.5]))), Vector(count: 1, .date(Buffer([0])))]
        #expect(sharer.shares(texts, count: 1) == nil)
    }

    @Test func withoutKeysAllRowsAreOneGroup() {
        let grouper = Grouper(types: [])
        #expect(grouper.assign([], count: 0).count == 0 && grouper.groupCount == 0)
        #expect(grouper.assign([], count: 3).array == [0, 0, 0] && grouper.groupCount == 1)
        #expect(grouper.keys().isEmpty)
    }

    @Test func dictionariesKeepEachTextOnce() {
        var random = Random(seed: 92)
        for size in sizes + [5_000] {
            var builder = TextDictionaryBuilder()
            var known: [String: UInt32] = [:]
            for _ in 0..<size {
                var text = "key \(random.int(0...(size / 2 + 1)))"
                let code = text.withUTF8 { builder.code(of: $0) }
                #expect(known[text, default: UInt32(known.count)] == code)
                known[text] = code
            }
            #expect(builder.count == known.count)
            let (dictionary, replacements) = builder.finishSorted()
            for (text, code) in known {
                #expect(dictionary.texts[Int(replacements[Int(code)])] == text)
                #expect(dictionary.code(of: text) == Int(replacements[Int(code)]))
            }
            #expect(dictionary.code(of: "none of them") == nil)
        }
    }
}
