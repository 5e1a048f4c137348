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
    /// Whether the columns are simply all fields of the record, so that a terminal may leave some out.
    public var columnsAreDefault: Bool

    public init(columns: [Column], rowCount: Int, record: Column? = nil, columnsAreDefault: Bool = false) {
        self.columns = columns
        self.rowCount = rowCount
        self.record = record
        self.columnsAreDefault = columnsAreDefault
    }
}
