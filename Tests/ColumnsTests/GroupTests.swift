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
