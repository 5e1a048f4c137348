/// The statements of this session and of earlier ones, and the place in them that is shown while a person leafs through.
final class StatementHistory {
    private(set) var entries: [String]
    /// The entry that is shown; nothing while it is the line being written.
    private(set) var position: Int?
    private var lineBeingWritten = ""
    private let file: HistoryFile

    init(file: HistoryFile) {
        self.file = file
        entries = file.load()
    }

    /// Keeps a statement, unless it is blank or repeats the one before. Answers whether it was kept.
    @discardableResult
    func add(_ statement: String) -> Bool {
        position = nil
        guard statement.contains(where: { !$0.isWhitespace }), statement != entries.last else { return false }
        entries.append(statement)
        if entries.count > HistoryFile.entryLimit { entries.removeFirst(entries.count - HistoryFile.entryLimit) }
        file.append(statement)
        return true
    }

    /// Goes to the entry before, remembering the line being written for the way back.
    func older(from text: String) -> String? {
        let index = position ?? entries.count
        guard index > 0 else { return nil }
        if position == nil { lineBeingWritten = text }
        position = index - 1
        return entries[index - 1]
    }

    /// Goes to the entry after; past the last one stands the line being written.
    func newer() -> String? {
        guard let index = position else { return nil }
        if index + 1 < entries.count {
            position = index + 1
            return entries[index + 1]
        }
        position = nil
        return lineBeingWritten
    }

    /// Goes to an entry that a search found.
    func jump(to index: Int, from text: String) {
        if position == nil { lineBeingWritten = text }
        position = index
    }

    /// A new line begins.
    func leave() {
        position = nil
    }
}
