/// Incremental search through earlier statements. libedit's own treats `[` as the start of a regular expression and loses
/// its way among characters beyond Latin-1; this language is full of both.
struct HistorySearch {
    private let entries: [String]
    private(set) var pattern = ""
    /// The entry that is shown, or nothing as long as none was found.
    private(set) var entryIndex: Int?
    private(set) var hasFailed = false

    init(entries: [String]) {
        self.entries = entries
    }

    var prompt: String { hasFailed ? "no match \"\(pattern)\": " : "search \"\(pattern)\": " }

    var entry: String? { entryIndex.map { entries[$0] } }

    /// Where in the entry the pattern stands, in scalars: the place for the cursor.
    var matchScalarOffset: Int {
        guard let entry, let offset = Self.offset(of: pattern, in: entry) else { return 0 }
        return entry.utf8.prefix(offset).reduce(0) { $0 + ($1 & 0xC0 == 0x80 ? 0 : 1) }
    }

    /// A longer pattern is looked for from the entry on that matched so far.
    mutating func extend(by text: String) {
        pattern += text
        search(from: entryIndex ?? entries.count - 1, step: -1)
    }

    /// A shorter pattern may match newer entries again.
    mutating func shorten() {
        guard !pattern.isEmpty else { return }
        pattern.removeLast()
        entryIndex = nil
        if pattern.isEmpty { hasFailed = false } else { search(from: entries.count - 1, step: -1) }
    }

    mutating func older() {
        guard !pattern.isEmpty else { return }
        search(from: (entryIndex ?? entries.count) - 1, step: -1)
    }

    mutating func newer() {
        guard !pattern.isEmpty, let entryIndex else { return }
        search(from: entryIndex + 1, step: 1)
    }

    private mutating func search(from start: Int, step: Int) {
        let shown = entry
        var index = start
        while entries.indices.contains(index) {
            // The entry that is shown counts only where the search begins with it: repeats of it elsewhere are no news.
            if Self.offset(of: pattern, in: entries[index]) != nil && (index == entryIndex || entries[index] != shown) {
                entryIndex = index
                hasFailed = false
                return
            }
            index += step
        }
        hasFailed = true
    }

    /// The UTF-8 offset of the last place where the pattern stands. A pattern without capitals finds both cases (of ASCII letters).
    static func offset(of pattern: String, in text: String) -> Int? {
        let folds = !pattern.utf8.contains { (0x41...0x5A).contains($0) }
        let pattern = Array(pattern.utf8)
        let text = text.utf8.map { folds && (0x41...0x5A).contains($0) ? $0 | 0x20 : $0 }
        guard pattern.count <= text.count else { return nil }
        return (0...text.count - pattern.count).last { start in
            pattern.indices.allSatisfy { text[start + $0] == pattern[$0] }
        }
    }
}
