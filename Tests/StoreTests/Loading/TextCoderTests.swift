import Columns
import Testing

@testable import Store

/// When texts are given codes, and when they are kept as they are.
@Suite struct TextCoderTests {
    /// A coder that has seen `count` texts of a column of `rows`, in batches.
    private func coder(_ count: Int, of rows: Int, _ text: (Int) -> String) -> TextCoder {
        let coder = TextCoder(expectedRows: rows)
        let batch = 8192
        for start in stride(from: 0, to: count, by: batch) {
            let end = min(start + batch, count)
            let before = coder.count
            for row in start..<end {
                // Whole words may be read behind a text.
                let bytes = Array(text(row).utf8)
                let padded = bytes + [UInt8](repeating: 0, count: 16)
                padded.withUnsafeBufferPointer { _ = coder.code($0.baseAddress!, bytes.count) }
            }
            coder.noteLookups(end - start, new: coder.count - before)
        }
        return coder
    }

    @Test func textsOfWhichNoneComesTwiceAreNotCoded() {
        #expect(!coder(16_384, of: 1 << 30) { "text \($0)" }.isWorthwhile)
    }

    @Test func afterASixteenthSteadilyNewTextsAreNotCoded() {
        // Six of ten are new for ever.
        let rows = 1 << 20
        func text(_ row: Int) -> String { row % 10 < 6 ? "new \(row)" : "old \(row % 7)" }
        #expect(coder(rows / 32, of: rows, text).isWorthwhile)
        #expect(!coder(rows / 16, of: rows, text).isWorthwhile)
    }

    @Test func aThirdOfManyIsTooMuchButNotOfFew() {
        func text(_ row: Int) -> String { row % 3 == 0 ? "new \(row)" : "old \(row % 7)" }
        #expect(!coder(1 << 16, of: 1 << 20, text).isWorthwhile)
        #expect(coder(1 << 15, of: 1 << 19, text).isWorthwhile)
    }

    @Test func textsThatBecomeRarerAreCoded() {
        // At first most are new, but there are only so many.
        let rows = 1 << 20
        var random = Seeded(seed: 11)
        let drawn = (0..<rows / 16).map { _ in Int.random(in: 0..<50_000, using: &random) }
        #expect(coder(drawn.count, of: rows) { "text \(drawn[$0])" }.isWorthwhile)
    }

    @Test func withoutAGuessAtTheRowsRepeatedTextsAreCoded() {
        let coder = TextCoder()
        for _ in 0..<2 { coder.noteLookups(16_384, new: 8_000) }
        #expect(coder.isWorthwhile)
    }
}
