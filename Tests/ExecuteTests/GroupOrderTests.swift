import Columns
import Testing

@testable import Execute

struct GroupOrderTests {
    /// Three workers share batches of rows; whatever each of them sees, the groups come out in the order of the rows.
    @Test func groupsKeepTheOrderOfTheRows() {
        let batches = (0..<24).map { batch in (0..<10).map { row in (batch * 37 + row * row * 11) % 61 } }
        var expected: [Int] = []
        for key in batches.joined() where !expected.contains(key) { expected.append(key) }

        var orders = [GroupOrder(), GroupOrder(), GroupOrder()]
        var keys: [[Int]] = [[], [], []]
        for (number, rows) in batches.enumerated() {
            let worker = number * 5 % 7 % 3
            // A batch may come in two parts.
            for part in [rows[..<4], rows[4...]] {
                var firsts: [Int32] = []
                for (row, key) in part.enumerated() where !keys[worker].contains(key) {
                    keys[worker].append(key)
                    firsts.append(Int32(row))
                }
                orders[worker].note(Buffer(firsts), batch: number, rowCount: part.count)
            }
        }
        #expect(orders[0].permutation == nil)
        for other in 1...2 {
            let numbers = keys[other].map { key -> Int32 in
                if let known = keys[0].firstIndex(of: key) { return Int32(known) }
                keys[0].append(key)
                return Int32(keys[0].count - 1)
            }
            orders[0].merge(orders[other], numbers: Buffer(numbers), groupCount: keys[0].count)
        }
        #expect(orders[0].permutation?.array.map { keys[0][Int($0)] } == expected)
    }

    /// Groups may be numbered otherwise than they begin, by all workers alike; then each tells which it saw begin.
    @Test func groupsNumberedAlikeKeepTheOrderOfTheRows() {
        let batches = (0..<30).map { batch in (0..<12).map { row in (batch * 41 + row * row * 13) % 67 } }
        var expected: [Int] = []
        for key in batches.joined() where !expected.contains(key) { expected.append(key) }
        var orders = (0..<3).map { _ in GroupOrder(numbersInOrder: false, expectedGroups: 67) }
        var seen: [Set<Int>] = [[], [], []]
        for (number, rows) in batches.enumerated() {
            let worker = number * 5 % 7 % 3
            let firsts = rows.indices.filter { seen[worker].insert(rows[$0]).inserted }
            orders[worker].note(
                Buffer(firsts.map { Int32($0) }), of: Buffer(firsts.map { Int32(rows[$0]) }), batch: number, rowCount: rows.count)
        }
        for other in 1...2 { orders[0].merge(orders[other], numbers: .counting(from: 0, to: 67), groupCount: 67) }
        #expect(orders[0].permutation?.array.map { Int($0) } == expected)
    }

    /// Shares have no group in common; theirs are put in the order of the rows, over batches of different sizes that come in parts.
    @Test func groupsOfSharesAreInterleaved() {
        let sizes = [7, 0, 130, 64, 1]
        var starts: [Int] = []
        var orders = [GroupOrder(), GroupOrder(), GroupOrder()]
        var beginnings: [(position: Int, share: Int)] = []
        var position = 0
        for (number, size) in sizes.enumerated() {
            starts.append(position)
            for part in [0..<size / 2, size / 2..<size] {
                for share in orders.indices {
                    let firsts = part.filter { ($0 * 5 + number) % 9 == share }
                    beginnings += firsts.map { (position + $0, share) }
                    orders[share].note(
                        Buffer(firsts.map { Int32($0 - part.lowerBound) }), batch: number, rowCount: part.count)
                }
            }
            position += size
        }
        // Groups are counted through share by share.
        let counted = beginnings.sorted { ($0.share, $0.position) < ($1.share, $1.position) }
        let expected = counted.indices.sorted { counted[$0].position < counted[$1].position }.map { Int32($0) }
        #expect(GroupOrder.interleaved(orders, starts: starts, rowCount: position).array == expected)
    }
}
