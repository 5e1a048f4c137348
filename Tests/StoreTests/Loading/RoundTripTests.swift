import Testing

@testable import Store

/// A generator that gives the same numbers for the same seed (SplitMix64).
struct Seeded: RandomNumberGenerator {
    private var state: UInt64
    init(seed: UInt64) { state = seed }
    mutating func next() -> UInt64 {
        state &+= 0x9e37_79b9_7f4a_7c15
        var z = state
        z = (z ^ (z >> 30)) &* 0xbf58_476d_1ce4_e5b9
        z = (z ^ (z >> 27)) &* 0x94d0_49bb_1331_11eb
        return z ^ (z >> 31)
    }
}

/// Tables written in every manner come back as they were.
@Suite struct RoundTripTests {
    private static let alphabet = [
        "a", "b", "Z", "é", "漢", "😀", " ", "\"", "\"\"", ",", ";", "\t", "|", "\n", "\r\n", "'", "x1", "\\",
    ]

    private func randomText(_ random: inout Seeded) -> String {
        // A letter in front, so that no value is a number or a word for a missing one.
        "q" + (0..<Int.random(in: 0...12, using: &random)).map { _ in Self.alphabet.randomElement(using: &random)! }.joined()
    }

    private func written(_ value: String?, _ separator: String, _ random: inout Seeded) -> String {
        guard let value else { return Bool.random(using: &random) ? "" : "\"\"" }
        let needsQuotes = value.contains { $0 == "\"" || $0 == "\n" || $0 == "\r" || $0 == "\r\n" || String($0) == separator }
        guard needsQuotes || Int.random(in: 0..<4, using: &random) == 0 else { return value }
        return "\"" + value.split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "\"\"") + "\""
    }

    @Test(arguments: 0..<20)
    func randomTables(_ seed: Int) throws {
        var random = Seeded(seed: UInt64(seed))
        for _ in 0..<15 {
            let columnCount = Int.random(in: 2...6, using: &random)
            let rowCount = Int.random(in: 0...60, using: &random)
            let separator = [",", ";", "\t", "|"].randomElement(using: &random)!
            let lineEnd = ["\n", "\r\n"].randomElement(using: &random)!
            var rows: [[String?]] = []
            for row in 0..<rowCount {
                rows.append(
                    (0..<columnCount).map { column in
                        if column == 0 { return "\(row)" }
                        return Int.random(in: 0..<8, using: &random) == 0 ? nil : randomText(&random)
                    })
            }
            let header = (0..<columnCount).map { "h\($0)" }.joined(separator: separator)
            var lines = [header]
            for row in rows { lines.append(row.map { written($0, separator, &random) }.joined(separator: separator)) }
            var text = lines.joined(separator: lineEnd)
            if Bool.random(using: &random) || rowCount == 0 { text += lineEnd }
            if Bool.random(using: &random) { text = "\u{feff}" + text }
            try check(text, rows, &random)
        }
    }

    private func check(_ text: String, _ rows: [[String?]], _ random: inout Seeded) throws {
        for _ in 0..<3 {
            var options = LoadOptions(threads: Int.random(in: 1...3, using: &random))
            options.chunkSize = [1, 2, 3, 7, 16, 61, 200, 4096].randomElement(using: &random)!
            let sources = try load(text, as: "t.csv", options)
            #expect(sources.tables[0].rows == rows, "in parts of \(options.chunkSize): \(text)")
            #expect(sources.problems.isEmpty)
        }
    }

    /// What is wrong with a file is found in the same way however it is cut into parts.
    @Test func oddFilesAreTheSameInAllParts() throws {
        var random = Seeded(seed: 99)
        let pieces = ["a", "1", "\"", "\"\"", ",", ",", "\n", "\n", "\r\n", "x y", "2024-01-02", "\"q\"", " ", "é"]
        for _ in 0..<150 {
            let body = (0..<Int.random(in: 1...60, using: &random)).map { _ in pieces.randomElement(using: &random)! }.joined()
            let text = "h0,h1,h2\n" + body
            let whole = try load(text)
            for size in [1, 2, 5, 11, 30] {
                var options = LoadOptions(threads: 2)
                options.chunkSize = size
                let parts = try load(text, as: "t.csv", options)
                #expect(parts.tables[0].rows == whole.tables[0].rows, "in parts of \(size): \(text.debugDescription)")
                #expect(parts.tables[0].columns.map(\.distinctCount) == whole.tables[0].columns.map(\.distinctCount))
                #expect(
                    parts.problems.map(describe) == whole.problems.map(describe), "in parts of \(size): \(text.debugDescription)")
            }
        }
    }

    private func describe(_ problem: DataProblem) -> String {
        "\(problem.kind) \(problem.column ?? "") \(problem.count) \(problem.lines) \(problem.detail ?? "")"
    }

    @Test func manyDistinctTextsAreKeptWithoutADictionary() throws {
        let count = 60_000
        let text = "id,half,few\n" + (0..<count).map { "\($0 * 7919 % count)K,\($0 % 40_000)H,F\($0 % 9)\n" }.joined()
        var options = LoadOptions(threads: 2)
        options.chunkSize = 16_384
        let table = try load(text, as: "t.csv", options).tables[0]
        #expect(table.columns.map(\.distinctCount) == [count, 40_000, 9])
        guard case .text = table.columns[0].values.storage, case .coded(_, let few) = table.columns[2].values.storage else {
            Issue.record("the storage is not as expected")
            return
        }
        #expect(few.isSorted)
        for row in [0, 1, 39_999, 40_000, 59_999] {
            #expect(cell(table.columns[0].values, row) == "\(row * 7919 % count)K")
            #expect(cell(table.columns[1].values, row) == "\(row % 40_000)H")
            #expect(cell(table.columns[2].values, row) == "F\(row % 9)")
        }
    }

    @Test func dictionariesAreSortedByBytes() throws {
        var random = Seeded(seed: 5)
        let letters = ["a", "b", "ab", "é", "z", "common prefix of some length ", "\u{1}"]
        let values = (0..<5000).map { _ in
            (0..<Int.random(in: 1...6, using: &random)).map { _ in letters.randomElement(using: &random)! }.joined()
        }
        let texts = Growing<UInt8>()
        var ends = [0]
        for value in values {
            Array(value.utf8).withUnsafeBufferPointer { texts.append(contentsOf: $0) }
            ends.append(texts.count)
        }
        let order = withExtendedLifetime(texts) {
            TextOrder.sorted(values.count) { UnsafeBufferPointer(start: texts.base + ends[$0], count: ends[$0 + 1] - ends[$0]) }
        }
        let sorted = order.map { Array(values[Int($0)].utf8) }
        #expect(zip(sorted, sorted.dropFirst()).allSatisfy { !$1.lexicographicallyPrecedes($0) })
        #expect(Set(order).count == values.count)
    }
}
