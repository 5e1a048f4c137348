extension CursorReader {
    private static let pathWords = ["from", "to", "via", "shortest", "strongest", "cheapest", "within"]

    /// Whether the question begins with `path from`, as far as it has been typed.
    private var isInPath: Bool {
        guard questionStart < tokens.count, tokens[questionStart].keyword == .path else { return false }
        return questionStart + 1 == tokens.count || tokens[questionStart + 1].isWord("from")
    }

    /// `path from SET to SET via LINK, … strongest by VALUE within N`: sets, links of the records between them, and the words before these.
    func pathExpectation(_ index: Int) -> CursorPlace.Expectation? {
        guard clause == nil, isInPath, openers.isEmpty else { return nil }
        guard let (word, place) = lastPathWord() else { return .words(["from"]) }
        let last = tokens[index]
        switch word {
        case "from", "to": return index == place ? .operand : endsOperand(index) ? next(word == "from" ? ["to"] : ["via"]) : nil
        case "via":
            if index == place || last.symbol == .comma { return .link }
            return endsOperand(index) ? next(["shortest", "strongest", "cheapest", "within"], ends: true) : nil
        case "strongest", "cheapest":
            if index == place { return .words(["by"]) }
            return last.keyword != .by && endsOperand(index) ? next(["within"], ends: true) : nil
        case "shortest": return next(["within"], ends: true)
        default: return index > place && endsOperand(index) ? next([], ends: true) : .nothing
        }
    }

    private func next(_ words: [String], ends: Bool = false) -> CursorPlace.Expectation {
        .continuation(words: words, clauses: ends)
    }

    /// The set with which a path begins, whose records have the links and the facts that can be named behind it.
    func pathStart() -> Source? {
        guard clause == nil, isInPath, let end = pathWordIndexes().first(where: { tokens[$0].isWord("to") }) else { return nil }
        let text = slice(questionStart + 2, end)
        guard case .question(let question)? = parse(SourceText(name: "<prompt>", text: text)).statements.first?.kind else {
            return nil
        }
        return question.source
    }

    private func lastPathWord() -> (word: String, index: Int)? {
        pathWordIndexes().last.map { (tokens[$0].text.lowercased(), $0) }
    }

    /// The places of the words that divide a path, outside of brackets.
    private func pathWordIndexes() -> [Int] {
        var depth = 0
        var found: [Int] = []
        for index in (questionStart + 1)..<max(questionStart + 1, tokens.count) {
            if let symbol = tokens[index].symbol {
                if symbol.closer != nil { depth += 1 } else if symbol.isCloser { depth -= 1 }
            } else if depth == 0, tokens[index - 1].symbol != .dot, Self.pathWords.contains(where: { tokens[index].isWord($0) }) {
                found.append(index)
            }
        }
        return found
    }
}
