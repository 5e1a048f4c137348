/// What the BG/NBD model needs to know of customers, those with the same numbers as one.
public struct PurchaseHistories: Hashable, Sendable {
    struct Group: Hashable, Sendable {
        /// How often they bought again, x.
        var repeats: Double
        /// How long after the first purchase the last one was, tₓ; 0 where there is one only.
        var recency: Double
        /// For how long they have been customers, T.
        var age: Double
        /// How many of them there are.
        var customers: Double
    }

    let groups: [Group]
    let customerCount: Int

    /// From three numbers a customer, as far as they fit together: `repeats` whole and not below 0, and 0 ≤ `recency` ≤ `age`. Customers
    /// for whom one is missing, or who cannot be so, are passed over. O(n log n).
    public init(repeats: Operand, recency: Operand, age: Operand, rows: Range<Int>) {
        let operands = [repeats, recency, age]
        guard operands.allSatisfy({ $0.kind == .number }) else {
            groups = []
            customerCount = 0
            return
        }
        let lanes = operands.map { $0.doubles() }
        let present = operands.map { $0.presence(count: rows.upperBound) }.reduce(nil) { both($0, $1) }
        var all: [Group] = []
        all.reserveCapacity(rows.count)
        for row in rows where present?[row] ?? true {
            let group = Group(
                repeats: lanes[0].at(row), recency: lanes[1].at(row), age: lanes[2].at(row), customers: 1)
            guard (0...Self.mostRepeats).contains(group.repeats), group.repeats == group.repeats.rounded(),
                group.recency >= 0, group.age >= group.recency, group.age.isFinite
            else { continue }
            all.append(group.repeats == 0 ? Group(repeats: 0, recency: 0, age: group.age, customers: 1) : group)
        }
        customerCount = all.count
        all.sort { ($0.repeats, $0.recency, $0.age) < ($1.repeats, $1.recency, $1.age) }
        groups = all.reduce(into: []) { merged, group in
            if let last = merged.last, last.repeats == group.repeats, last.recency == group.recency, last.age == group.age {
                merged[merged.count - 1].customers += 1
            } else {
                merged.append(group)
            }
        }
    }

    /// A purchase a minute for a life would not be as many; more is a mistake in the data, and would take its time.
    private static let mostRepeats = 1_000_000.0

    var meanAge: Double { groups.reduce(0) { $0 + $1.customers * $1.age } / Double(max(1, customerCount)) }
    var repeatCount: Double { groups.reduce(0) { $0 + $1.customers * $1.repeats } }

    /// For each j the number of customers who bought again more than j times, so that a sum over the repeats of every customer is one over
    /// these.
    func customersBeyond() -> [Double] {
        let most = groups.last.map { Int($0.repeats) } ?? 0
        var counts = [Double](repeating: 0, count: most + 1)
        for group in groups { counts[Int(group.repeats)] += group.customers }
        var beyond = [Double](repeating: 0, count: most)
        var sum = 0.0
        for index in stride(from: most - 1, through: 0, by: -1) {
            sum += counts[index + 1]
            beyond[index] = sum
        }
        return beyond
    }
}
