import Foundation
import Syntax
import Testing

@testable import Resolve

/// Questions made of pieces of questions: whatever is typed gets an answer or a message, never a crash.
@Suite struct FuzzTests {
    /// A small generator that gives the same numbers on every machine (Steele, Lea and Flood, "Fast splittable pseudorandom number
    /// generators", 2014).
    struct SplitMix {
        var state: UInt64
        mutating func next(_ bound: Int) -> Int {
            state &+= 0x9E37_79B9_7F4A_7C15
            var z = state
            z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
            z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
            return Int((z ^ (z >> 31)) % UInt64(bound))
        }
    }

    @Test func mixturesOfQuestionsNeverCrash() throws {
        var words: [[String]] = []
        for file in GoldenTests.files {
            let text = try String(contentsOf: GoldenTests.folder.appending(path: file), encoding: .utf8)
            words += GoldenTests.read(text).map { $0.input.split(whereSeparator: \.isWhitespace).map(String.init) }.filter {
                !$0.isEmpty
            }
        }
        words += [
            ["9223372036854775807", "-", "-9223372036854775807", "-", "2"],
            ["today", "+", "99999999", "years", "+", "99999999", "years"],
        ]
        var random = SplitMix(state: 42)
        var outputs = 0
        for _ in 0..<2500 {
            var question = words[random.next(words.count)]
            for _ in 0...random.next(4) {
                let other = words[random.next(words.count)]
                let at = random.next(question.count)
                switch random.next(3) {
                case 0: question[at] = other[random.next(other.count)]
                case 1: question.insert(other[random.next(other.count)], at: at)
                default: question = Array(question[...at]) + other[random.next(other.count)...]
                }
                if question.count > 60 { question.removeLast(question.count - 60) }
            }
            if !resolved(question.joined(separator: " ")).isEmpty { outputs += 1 }
        }
        #expect(outputs > 2000)
    }
}
