import Columns
import Testing

@testable import Store

/// Columns of texts such as `ACC-000123`, which are kept by their numbers: whatever stands in the file must come out again.
struct NumberedTests {
    /// Enough rows that such texts are not simply coded.
    private let count = 6000

    private func loaded(_ values: [String], chunkSize: Int = 16_384) throws -> LoadedTable {
        var options = LoadOptions(threads: 2)
        options.chunkSize = chunkSize
        return try load("n\tid\n" + values.map { "x\t\($0)\n" }.joined(), as: "t.tsv", options).tables[0]
    }

    private func isNumbered(_ table: LoadedTable) -> Bool {
        if case .numbered = table.columns[1].values.storage { true } else { false }
    }

    private func check(_ values: [String], isNumbered expected: Bool, _ comment: Comment) throws {
        let table = try loaded(values)
        #expect(table.values(1) == values.map { $0.isEmpty ? nil : $0 }, comment)
        #expect(table.columns[1].distinctCount == Set(values.filter { !$0.isEmpty }).count, comment)
        #expect(table.columns[1].type == .text, comment)
        #expect(isNumbered(table) == expected, comment)
    }

    @Test func idsAreKeptByTheirNumbers() throws {
        try check((0..<count).map { "TOU-\($0)" }, isNumbered: true, "without zeros before them")
        try check(
            (0..<count).map { "P\(String(100_000 + $0 * 7 % count).dropFirst())" }, isNumbered: true, "with zeros, unordered")
        try check((0..<count).map { $0 % 6 == 0 ? "" : "X-\($0)" }, isNumbered: true, "some missing")
        try check((0..<count).map { String(1_000_000 + $0).dropFirst().description }, isNumbered: true, "nothing but digits")
        try check((0..<count).map { "K9\($0)23456789012345" }.map { String($0.prefix(17)) }, isNumbered: true, "many digits")
        try check((0..<count).map { "ä-\($0 + 999_000_000_000_000)" }, isNumbered: true, "a prefix beyond ASCII")
        try check((9990..<16_000).map { "A\($0 < 10_000 ? "0" : "")\($0)" }, isNumbered: true, "wider beyond the zeros")
    }

    @Test func othersAreNot() throws {
        try check((0..<count).map { $0 == 4000 ? "TOU-0\($0)" : "TOU-\($0)" }, isNumbered: false, "one with a zero before it")
        try check((0..<count).map { $0 == count - 1 ? "VOU-1" : "TOU-\($0)" }, isNumbered: false, "one begins otherwise")
        try check((0..<count).map { $0 < 3000 ? "A-\($0)" : "B-\($0)" }, isNumbered: false, "half begin otherwise")
        try check((0..<count).map { $0 == 5999 ? "A-1234567890123456789" : "A-\($0)" }, isNumbered: false, "too many digits")
        try check((0..<count).map { $0 == 5000 ? "A-" : "A-\($0)" }, isNumbered: false, "no digits")
        try check((0..<count).map { $0 == 5000 ? "A-12x" : "A-\($0)" }, isNumbered: false, "a letter behind")
        try check((0..<count).map { $0 < 3000 ? "A-\($0)" : "A-\("0\($0)")" }, isNumbered: false, "two ways of writing")
    }

    @Test func fewDifferentOnesAreCoded() throws {
        let values = (0..<count).map { "Q\($0 % 12 + 1)" }
        let table = try loaded(values)
        guard case .coded(_, let dictionary) = table.columns[1].values.storage else {
            Issue.record("not coded")
            return
        }
        #expect(dictionary.isSorted && dictionary.count == 12)
        #expect((0..<12).map { dictionary.texts[$0] } == Set(values).sorted())
        #expect(table.values(1) == values)
    }

    @Test func linksFollowNumbers() throws {
        let folder = TemporaryFolder()
        func id(_ number: Int) -> String { "PER-\(String(1_000_000 + number).dropFirst())" }
        let people = "id,name\n" + (0..<count).map { "\(id($0 * 7 % count)),Name \($0)\n" }.joined()
        let touches = "id,person_id\n" + (0..<9000).map { "T\($0),\($0 % 10 == 0 ? "" : id($0 % 6500))\n" }.joined()
        let paths = [folder.write("people.csv", Array(people.utf8)), folder.write("touches.csv", Array(touches.utf8))]
        let store = try inferStore(loadTables(from: paths).tables)
        let link = try #require(store.schema.links.first { $0.name == "person" })
        guard case .one(let rows) = store.index(of: link.id) else {
            Issue.record("not a link to one")
            return
        }
        let position = Dictionary(uniqueKeysWithValues: (0..<count).map { ($0 * 7 % count, $0) })
        for row in 0..<9000 {
            let expected = row % 10 == 0 || row % 6500 >= count ? nil : position[row % 6500]
            #expect(rows[row] == expected.map(Int32.init) ?? -1)
        }
        #expect(link.danglingCount == (6000..<6500).count { $0 % 10 != 0 })
    }

    /// A key and what refers to it may be written in different ways, and meet only where the texts are the same.
    @Test func keysAreFoundByTheirTexts() {
        func vector(_ numbers: [Int64], _ prefix: String, digits: Int) -> Vector {
            Vector(
                count: numbers.count, .numbered(.int64(Buffer(numbers)), NumberedForm(prefix: Array(prefix.utf8), digits: digits))
            )
        }
        let padded = ReferenceFinder(key: vector([1, 20, 300, 4000, 50_000], "A", digits: 4), label: nil)
        #expect(padded.row(ofKey: "A0020") == 1)
        #expect(padded.row(ofKey: "A20") == nil)
        #expect(padded.row(ofKey: "A50000") == 4)
        #expect(padded.row(ofKey: "B0020") == nil)
        #expect(padded.resolve(vector([20, 4000, 50_000, 7], "A", digits: 1)).rows.array == [-1, 3, 4, -1])
        #expect(padded.resolve(vector([20, 4000, 50_000, 7], "A", digits: 4)).rows.array == [1, 3, 4, -1])
        #expect(padded.resolve(vector([20, 4000], "B", digits: 4)).rows.array == [-1, -1])
        let digits = ReferenceFinder(key: vector([7, 12], "", digits: 3), label: nil)
        let integers = Vector(count: 3, .decimal(.int64(Buffer([7, 12, 100])), scale: 0))
        #expect(digits.resolve(integers).rows.array == [0, 1, -1])
        let salesforce = ReferenceFinder(key: vector([1, 2], "0015f00000ab", digits: 3), label: nil)
        #expect(salesforce.row(ofKey: "0015f00000ab002") == 1)
        #expect(salesforce.row(ofKey: "0015f00000ab002AAB") == 1)
        #expect(KeyScan.row(of: "0015f00000ab002AAB", in: vector([1, 2], "0015f00000ab", digits: 3)) == 1)
    }

    @Test func digitsAreReadEightAtATime() {
        for text in ["0", "7", "12", "1234567", "12345678", "123456789", "1234567890123456", "123456789012345678"] {
            #expect(digits(text) == Int64(text))
            for position in text.indices {
                for wrong in ["/", ":", " ", "a", "\u{7f}"] {
                    #expect(digits(text.replacingCharacters(at: position, with: wrong)) == -1, "\(text) with \(wrong)")
                }
            }
        }
    }

    private func digits(_ text: String) -> Int64 {
        let bytes = Array(text.utf8) + Array(repeating: 0x39, count: 16)
        return bytes.withUnsafeBufferPointer { Digits.number($0.baseAddress!, text.utf8.count) }
    }
}

extension String {
    fileprivate func replacingCharacters(at position: Index, with text: String) -> String {
        String(self[..<position]) + text + String(self[index(after: position)...])
    }
}
