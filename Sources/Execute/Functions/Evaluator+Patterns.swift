import Columns
import Types

extension Evaluator {
    /// A regular expression, compiled once a question.
    func pattern(_ text: String) throws(ExecuteError) -> TextPattern {
        if let known = patterns[text] { return known }
        do {
            let compiled = try TextPattern(text)
            patterns[text] = compiled
            return compiled
        } catch {
            throw .invalidPattern(text, reason: error.reason)
        }
    }

    /// The rows whose text has a part that fits. Rows may have different expressions, but rarely do.
    func matches(_ texts: Operand, _ patterns: Operand, count: Int) throws(ExecuteError) -> Bitmap {
        switch patterns {
        case .constant(.text(let pattern)):
            let found = Columns.matches(
                texts, try self.pattern(pattern), count: count, isCancelled: { cancellation.isRequested })
            try cancellation.check()
            return found
        case .constant: return Bitmap(repeating: false, count: count)
        case .vector(let column):
            var bits: [Bool] = []
            let textColumn = texts.vector(count: count)
            for row in 0..<count {
                try cancellation.check()
                guard case .text(let text) = textColumn.value(at: row), case .text(let pattern) = column.value(at: row) else {
                    bits.append(false)
                    continue
                }
                bits.append(try self.pattern(pattern).matches(text))
            }
            return Bitmap(bits)
        }
    }

    /// The first part of each text that fits, or what its first group holds.
    func extract(_ texts: Operand, _ patterns: Operand, count: Int) throws(ExecuteError) -> Vector {
        switch patterns {
        case .constant(.text(let pattern)):
            let found = Columns.extract(
                texts, try self.pattern(pattern), count: count, isCancelled: { cancellation.isRequested })
            try cancellation.check()
            return found
        case .constant: return .missing(count: count)
        case .vector(let column):
            var found = VectorBuilder(type: .text)
            let textColumn = texts.vector(count: count)
            for row in 0..<count {
                try cancellation.check()
                guard case .text(let text) = textColumn.value(at: row), case .text(let pattern) = column.value(at: row) else {
                    found.append(.none)
                    continue
                }
                found.append(try self.pattern(pattern).extracted(from: text).map { .text(String($0)) } ?? .none)
            }
            return found.finish()
        }
    }
}
