import Columns
import Execute
import Plan
import Resolve
import Store
import Testing
import Types

/// Touches of users, so many that workers share them; some are nobody's, and there may be fewer or more users than touches.
private struct Book: Sendable {
    static let user = EntityID(0)
    static let touch = EntityID(1)
    static let minutes = FieldID(touch, 0)
    static let touchUser = LinkID(0)
    static let userTouches = LinkID(1)

    let users: [Int32]
    let minutes: [Int]
    let store: Store

    init(userCount: Int, touchCount: Int) {
        users = (0..<touchCount).map { Int32($0 &* 2_654_435_761 >> 7 % (userCount + 1)) }.map { $0 < userCount ? $0 : -1 }
        minutes = (0..<touchCount).map { $0 &* 40_503 >> 3 % 90 }
        var schema = Schema()
        let name = Field(name: "number", header: "number", type: .number)
        let length = Field(name: "minutes", header: "minutes", type: .number)
        schema.entities = [
            Entity(id: Self.user, name: "user", plural: "users", origin: "users.csv", fields: [name], rowCount: userCount),
            Entity(
                id: Self.touch, name: "touch", plural: "touches", origin: "touches.csv", fields: [length], rowCount: touchCount),
        ]
        schema.links = [
            Link(
                id: Self.touchUser, name: "user", from: Self.touch, to: Self.user, isToOne: true, origin: .key(Self.minutes),
                inverse: Self.userTouches),
            Link(
                id: Self.userTouches, name: "touches", from: Self.user, to: Self.touch, isToOne: false,
                origin: .inverse(Self.touchUser), inverse: Self.touchUser),
        ]
        for link in schema.links { schema.entities[link.from.index].links.append(link.id) }
        let (segments, rows) = inverted(Buffer(users), targetCount: userCount)
        store = Store(
            schema: schema, columns: [[Fixture.numbers(Array(0..<userCount))], [Fixture.numbers(minutes)]],
            linkIndexes: [.one(Buffer(users)), .many(segments, rows: rows, edges: nil)], problems: [])
    }

    /// A line for each user, in the order of the touches: how many there were, their minutes and the most of one, the first one's, and
    /// the sum of another value.
    func lines(ofTouches touches: [Int], adding other: (_ position: Int, _ touch: Int) -> Int) -> [String] {
        var order: [Int32] = []
        var groups: [Int32: (count: Int, sum: Int, most: Int, first: Int, other: Int)] = [:]
        for (position, touch) in touches.enumerated() {
            let (user, own) = (users[touch], minutes[touch])
            if groups[user] == nil { order.append(user) }
            var group = groups[user] ?? (0, 0, 0, own, 0)
            group.count += 1
            group.sum += own
            group.most = max(group.most, own)
            group.other += other(position, touch)
            groups[user] = group
        }
        return order.map { user in
            let group = groups[user] ?? (0, 0, 0, 0, 0)
            return "\(user) \(group.count) \(group.sum) \(group.most) \(group.first) \(group.other)"
        }
    }
}

/// Rows in front of a summary by user: how they are asked for, and which they are.
private struct Rows: CustomTestStringConvertible, Sendable {
    let testDescription: String
    var source: ResolvedSource = .records(.all(Book.touch), slot: row)
    var steps: [Step] = []
    var slot = row
    /// A value of the rows that is not a field.
    var other: Term = .constant(.number(Number(1)), .number)
    let touches: @Sendable (Book) -> [Int]
    var otherValue: @Sendable (Book, _ position: Int, _ touch: Int) -> Int = { _, _, _ in 1 }

    private static let minutes = Term.field(.slot(row, .record(Book.touch)), Book.minutes)
    private static let long = Step.filter(.binary(.greater, minutes, number(60), .bool))
    private static let numbered = SlotID(8)
    private static let window = Step.window([(numbered, WindowCall(kind: .runningSum(number(1)), partition: [], order: []))])
    private static let number8 = Term.slot(numbered, .number)
    private static let position: @Sendable (Book, Int, Int) -> Int = { _, position, _ in position + 1 }

    /// How many rows come is known from the start, once the first has come, or never.
    static let all: [Rows] = [
        Rows(testDescription: "all", touches: { Array($0.users.indices) }),
        Rows(testDescription: "none", steps: [.filter(.binary(.greater, minutes, number(99), .bool))], touches: { _ in [] }),
        Rows(
            testDescription: "few", steps: [.filter(equal(minutes, number(7)))],
            touches: { book in book.users.indices.filter { book.minutes[$0] == 7 } }),
        Rows(
            testDescription: "filtered", steps: [long],
            touches: { book in book.users.indices.filter { book.minutes[$0] > 60 } }),
        Rows(
            testDescription: "numbered", steps: [window], other: number8, touches: { Array($0.users.indices) },
            otherValue: position),
        Rows(
            testDescription: "filtered, then numbered", steps: [long, window], other: number8,
            touches: { book in book.users.indices.filter { book.minutes[$0] > 60 } }, otherValue: position),
        Rows(
            testDescription: "numbered, then filtered", steps: [window, .filter(.binary(.greater, number8, number(40), .bool))],
            other: number8, touches: { Array($0.users.indices.dropFirst(40)) },
            otherValue: { _, position, _ in position + 41 }),
        Rows(
            testDescription: "sorted", steps: [.sort([TermSortKey(minutes, descending: false)])],
            touches: { book in book.users.indices.sorted { (book.minutes[$0], $0) < (book.minutes[$1], $1) } }),
        Rows(
            testDescription: "followed", source: .records(.all(Book.user), slot: row),
            steps: [.follow(from: row, links: [Book.userTouches], into: SlotID(9))], slot: SlotID(9),
            touches: { book in book.users.indices.filter { book.users[$0] >= 0 } }),
    ]
}

@Suite("Rows grouped by a record") struct GroupedRecordTests {
    private struct Size {
        let batchSize: Int
        let touchCount: Int
        let userCounts: [Int]
    }

    /// Small batches of few rows and large ones of many, with fewer and more users than touches.
    private let sizes = [
        Size(batchSize: 1, touchCount: 90, userCounts: [1, 7, 400]), Size(batchSize: 2, touchCount: 90, userCounts: [7, 44]),
        Size(batchSize: 1024, touchCount: 2600, userCounts: [70, 1250, 2000]),
    ]

    @Test("give the same however many workers, rows and users there are", arguments: Rows.all)
    fileprivate func agreement(rows: Rows) throws {
        for size in sizes {
            for userCount in size.userCounts {
                let book = Book(userCount: userCount, touchCount: size.touchCount)
                let touches = rows.touches(book)
                let expected = book.lines(ofTouches: touches) { rows.otherValue(book, $0, $1) }
                for (threads, sharedGroupMinimum) in [(1, 1 << 18), (2, 1 << 18), (3, 1 << 18), (2, 0), (2, 50)] {
                    let options = ExecutionOptions(
                        batchSize: size.batchSize, threads: threads, parallelMinimum: 0, sharedGroupMinimum: sharedGroupMinimum)
                    for keepsFirst in [false, true] {
                        let found = try lines(of: rows, in: book, options, keepsFirst: keepsFirst)
                        let wanted = keepsFirst ? expected : expected.map { withoutFirst($0) }
                        #expect(
                            found == wanted,
                            "\(userCount) users, batches of \(size.batchSize), \(threads) threads, shared from \(sharedGroupMinimum)"
                        )
                    }
                }
            }
        }
    }

    /// Which came first depends on the order of the rows, so that what several workers saw of it cannot be merged.
    private func lines(of rows: Rows, in book: Book, _ options: ExecutionOptions, keepsFirst: Bool) throws -> [String] {
        let touch = Term.slot(rows.slot, .record(Book.touch))
        let minutes = Term.field(touch, Book.minutes)
        var aggregates = [
            RowAggregate(kind: .count, argument: nil), RowAggregate(kind: .sum, argument: minutes),
            RowAggregate(kind: .maximum, argument: minutes),
        ]
        if keepsFirst { aggregates.append(RowAggregate(kind: .first, argument: minutes)) }
        aggregates.append(RowAggregate(kind: .sum, argument: rows.other))
        let slots = aggregates.indices.map { SlotID(20 + $0) }
        let summary = Step.summarize(
            keys: [(SlotID(19), .toOne(touch, Book.touchUser))], aggregates: Array(zip(slots, aggregates).map { ($0, $1) }))
        let columns: [(String, Int, ValueType)] =
            [("user", 19, .record(Book.user))] + aggregates.indices.map { ("v\($0)", 20 + $0, .number) }
        let plan = plan(question(rows.source, rows.steps + [summary], columns), schema: book.store.schema)
        let answer = try execute(plan, store: book.store, options: options)
        return (0..<answer.rowCount).map { row in
            answer.columns.map { column in
                if case .record(_, let user) = column.values.value(at: row) { return "\(user)" }
                var bytes: [UInt8] = []
                column.values.appendText(of: row, to: &bytes)
                return bytes.isEmpty ? "-1" : String(decoding: bytes, as: UTF8.self)
            }.joined(separator: " ")
        }
    }

    private func withoutFirst(_ line: String) -> String {
        var parts = line.split(separator: " ")
        parts.remove(at: 4)
        return parts.joined(separator: " ")
    }
}
