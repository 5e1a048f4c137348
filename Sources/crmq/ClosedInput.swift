import Shell
import Syntax

/// Standard input as texts that each end with the `;` of a statement. To know that a text ends so takes its tokens, which go on with it.
final class ClosedInput {
    enum Next {
        case text(TokenizedText)
        case interrupted
        case end
        case failed
    }

    private static let name = "<stdin>"

    private var tokens: TokenizedText?
    private lazy var reader: PlainLineReader = PlainLineReader { [unowned self] text in
        self.tokens = closedInput(text, name: Self.name, linesBefore: self.reader.linesBefore)
        return self.tokens != nil
    }

    /// Waits for the next text; what the input ends with need not be closed.
    func next() -> Next {
        switch reader.read(prompt: "", continuationPrompt: "") {
        case .statement(let text):
            defer { tokens = nil }
            return .text(
                tokens ?? tokenize(SourceText(name: Self.name, text: text, linesBefore: reader.linesBefore)))
        case .cancelled: return .interrupted
        case .end: return reader.hasFailed ? .failed : .end
        }
    }
}
