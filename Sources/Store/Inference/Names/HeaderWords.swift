/// The words of a header, and what its last word says about it: `AccountId` is the id of an account.
struct HeaderWords {
    /// What kind of value the last word promises.
    enum Marker {
        /// An identifier: `_id`, `_key`.
        case id
        /// A number or code that may well identify: `_number`, `_code`.
        case code
        /// What it is called: `account_name`.
        case name
        /// Nothing is said.
        case none
    }

    /// All words, without the prefix that all headers of the table share.
    var words: [String]
    /// The words before the marker; all words where there is none.
    var stem: [String]
    var marker: Marker
    /// `custkey` may be read as `cust_key`, `accountid` as `account_id`: the stem if it is.
    var gluedStem: [String]?

    static let idWords: Set<String> = ["id", "ids", "key", "fk", "sk", "uuid", "guid", "uid", "sid", "oid"]
    static let codeWords: Set<String> = ["code", "no", "nr", "num", "number", "ref", "reference", "sku"]

    init(_ header: String, prefix: String? = nil) {
        words = SnakeCase.words(header)
        if let prefix, words.first == prefix, words.count > 1 { words.removeFirst() }
        stem = words
        marker = .none
        guard let last = words.last else { return }
        if Self.idWords.contains(last) { marker = .id }
        if Self.codeWords.contains(last) { marker = .code }
        if last == "name" { marker = .name }
        if marker != .none { stem.removeLast() }
        guard marker == .none else { return }
        for ending in ["id", "key"] where last.hasSuffix(ending) && last.count >= ending.count + 3 {
            gluedStem = stem.dropLast() + [String(last.dropLast(ending.count))]
        }
    }

    /// The words as a name.
    var name: String { words.joined(separator: "_") }
    var stemName: String { stem.joined(separator: "_") }

    /// Whether the header says no more than that it is an identifier.
    var isGeneric: Bool { stem.isEmpty || ["record", "row", "external", "object", "unique"].contains(stemName) }
}
