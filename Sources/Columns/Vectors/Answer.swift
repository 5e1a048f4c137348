import Types

/// The rows that answer a question, a column at a time.
public struct Answer: Sendable {
    public struct Column: Sendable {
        public var name: String
        public var type: ValueType
        public var values: Vector
        public init(name: String, type: ValueType, values: Vector) {
            self.name = name
            self.type = type
            self.values = values
        }
    }

    /// What is shown, in order.
    public var columns: [Column]
    public var rowCount: Int
    /// The record that each row is about, while there is one.
    public var record: Column?
    /// How many of the first columns are simply fields of the record, which nobody chose and a terminal may leave out.
    public var fieldColumnCount: Int
    /// Whether the rows are paths with the columns that nobody chose: the first has them in words and the last step by step.
    public var showsPaths = false
    /// What is to be said of the values, such as that some are estimates.
    public var remarks: [String] = []

    public init(columns: [Column], rowCount: Int, record: Column? = nil, fieldColumnCount: Int = 0) {
        self.columns = columns
        self.rowCount = rowCount
        self.record = record
        self.fieldColumnCount = fieldColumnCount
    }
}
