import Columns
import Testing
import Types

@testable import Store

struct KeyIndexTests {
    private func integers(_ values: [Int64?]) -> Vector {
        var builder = VectorBuilder(type: .number)
        for value in values { builder.append(value.map { .number(.decimal(units: $0, scale: 0)) } ?? .none) }
        return builder.finish()
    }

    private func texts(_ values: [String?]) -> Vector {
        var builder = VectorBuilder(type: .text)
        for value in values { builder.append(value.map(Value.text) ?? .none) }
        return builder.finish()
    }

    @Test func integersCloseTogetherAndFarApart() throws {
        for values in [[5, 7, nil, 6, 7], [Int64.min, 0, nil, Int64.max, 0]] as [[Int64?]] {
            let first = try #require(KeyIndex(integers(values), repeats: .first))
            let none = try #require(KeyIndex(integers(values), repeats: .none))
            for (row, value) in values.enumerated() {
                guard let value else { continue }
                let expected = Int32(values.firstIndex(of: value) ?? row)
                #expect(first.row(ofInteger: value) == expected)
                #expect(none.row(ofInteger: value) == (values.filter { $0 == value }.count > 1 ? nil : expected))
            }
            #expect(first.row(ofInteger: 4) == nil && first.row(ofInteger: -1) == nil)
        }
    }

    @Test func aHundredThousandTexts() throws {
        let keys = (0..<100_000).map { "KEY-\($0 * 7)" }
        let index = try #require(KeyIndex(texts(keys), repeats: .first))
        for row in stride(from: 0, to: keys.count, by: 97) { #expect(index.row(ofText: keys[row]) == Int32(row)) }
        #expect(index.row(ofText: "KEY-1") == nil && index.row(ofText: "") == nil)
    }

    @Test func fractionsAreNoKeys() {
        var builder = VectorBuilder(type: .number)
        builder.append(.number(.decimal(units: 15, scale: 1)))
        #expect(KeyIndex(builder.finish(), repeats: .first) == nil)
    }

    @Test(arguments: [("0", 0), ("7", 7), ("-12", -12), ("9223372036854775807", Int64.max), ("-9223372036854775808", Int64.min)])
    func digitsOfIntegers(text: String, value: Int64) {
        var text = text
        #expect(text.withUTF8 { KeyDigits.integer($0) } == value)
        #expect(KeyDigits.withDigits(value, paddedTo: nil) { String(decoding: $0, as: UTF8.self) } == text)
    }

    @Test(arguments: ["", "-", "007", "1.0", "+1", "9223372036854775808", "-0", "1e3", " 1"])
    func otherTextsAreNoIntegers(text: String) {
        var text = text
        #expect(text.withUTF8 { KeyDigits.integer($0) } == nil)
    }
}
