/// Something in the data that is not as it should be. Problems of one kind in one place are counted; the first few keep their lines.
public struct DataProblem: Sendable {
    public enum Kind: String, Sendable, CaseIterable {
        /// A row with more or fewer values than the header has.
        case raggedRow
        /// A row with a separator in a value without quotes, put together again where blanks behind separators tell which.
        case repairedRow
        /// A quote that is never closed, or text behind a closing quote.
        case brokenQuote
        /// Bytes that are not of the encoding; replaced by U+FFFD.
        case invalidEncoding
        /// A file that is not UTF-8 but, by the look of it, of another encoding, by which it was read.
        case otherEncoding
        /// A line or an element that is not JSON, or no object.
        case invalidJSON
        /// Two columns of one name; the later is renamed.
        case duplicateHeader
        /// A column without a name.
        case emptyHeader
        /// A first line of nothing but numbers: perhaps the file has no header.
        case suspectHeader
        /// Dates of which nothing shows whether the day or the month comes first.
        case ambiguousDate
        /// Values that have no place in a column: blobs, arrays of objects. They are left out.
        case unsupportedValue
        /// A value that occurs twice in what is otherwise the key.
        case duplicateKey
        /// A value of a link that no record has.
        case danglingLink
        /// A file that could not be read at all, or holds nothing.
        case unreadableFile
        case emptyFile
        /// A column or file that a schema file names and the data lacks.
        case missingColumn
    }
    public var kind: Kind
    /// The file, and the column where there is one.
    public var origin: String
    public var column: String?
    /// How often.
    public var count: Int
    /// One-based line numbers of the first few, where lines mean something.
    public var lines: [Int]
    /// An example of the offending text, or what the system said.
    public var detail: String?

    public init(_ kind: Kind, origin: String, column: String? = nil, count: Int = 1, lines: [Int] = [], detail: String? = nil) {
        self.kind = kind
        self.origin = origin
        self.column = column
        self.count = count
        self.lines = lines
        self.detail = detail
    }
}
