import Columns
import Testing

@testable import Store

struct TextIndexTests {
    private func storage(_ texts: [String]) -> TextStorage {
        var offsets: [Int64] = [0]
        var bytes: [UInt8] = []
        for text in texts {
            bytes += text.utf8
            offsets.append(Int64(bytes.count))
        }
        return TextStorage(offsets: Buffer(offsets), bytes: Buffer(bytes))
    }

    private func rows(_ index: TextIndex, _ text: String, _ texts: TextStorage) -> [Int32] {
        var text = text
        return text.withUTF8 { index.rows(of: $0, in: texts) }
    }

    @Test func findsEveryRowWithAText() {
        var generator = SystemRandomNumberGenerator()
        for size in [0, 1, 2, 15, 16, 17, 300] {
            for variety in [1, 3, 1000] {
                let values = (0..<size).map { _ in "text \(Int.random(in: 0..<variety, using: &generator))" }
                let present = (0..<size).map { $0 % 7 != 3 }
                let texts = storage(values)
                let built = TextIndex(texts) { present[$0] }
                for index in [built, TextIndex(adopting: built.table, nextRows: built.nextRows)] {
                    for wanted in Set(values + ["", "another"]) {
                        let expected = values.indices.filter { present[$0] && values[$0] == wanted }.map { Int32($0) }
                        #expect(rows(index, wanted, texts) == expected)
                    }
                }
            }
        }
    }
}
