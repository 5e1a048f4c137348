/// What can stand in `duplicates of SET by FIELD, … above PART` and in `rows N of COLUMN`.
extension CursorReader {
    func evidenceExpectation(_ index: Int) -> CursorPlace.Expectation? {
        guard clause == nil, openers.isEmpty, questionStart < tokens.count else { return nil }
        switch tokens[questionStart].keyword {
        case .duplicates:
            if index == questionStart { return .continuation(words: ["of"], clauses: true) }
            guard tokens[questionStart + 1].isWord("of") else { return nil }
            if index == questionStart + 1 { return .source }
            guard endsOperand(index), !tokens[index].isWord("above") else { return nil }
            return .continuation(words: [comparedSetEnd == nil ? "by" : "above"], clauses: comparedSetEnd != nil)
        case .rows:
            guard index == questionStart + 1, case .literal(.number) = tokens[index].kind else { return nil }
            return .continuation(words: ["of"], clauses: true)
        default: return nil
        }
    }

    /// The place of the `by` before the cursor.
    private var comparedSetEnd: Int? {
        guard clause == nil, questionStart + 1 < tokens.count, tokens[questionStart].keyword == .duplicates,
            tokens[questionStart + 1].isWord("of")
        else { return nil }
        return tokens.indices.dropFirst(questionStart + 2).first { tokens[$0].keyword == .by }
    }

    /// The set whose fields are named behind `duplicates of SET by`.
    var comparedSet: Expression? { comparedSetEnd.flatMap { chain(endingAt: $0 - 1) } }
}
