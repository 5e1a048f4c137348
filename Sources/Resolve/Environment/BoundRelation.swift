import Types

/// Rows that have a name: the last answer (`it`), what `let` keeps, and the tables of the catalogue.
///
/// The resolver needs only what the rows look like; the values are asked for where a question uses them as a set or a list.
public struct BoundRelation: Sendable {
    public struct Column: Sendable {
        public var name: String
        public var type: ValueType
        public init(name: String, type: ValueType) {
            self.name = name
            self.type = type
        }
    }

    public var columns: [Column]
    /// The entity of the record that each row is about, while there is one.
    public var recordEntity: EntityID?
    public var rowCount: Int
    /// How many of the first columns are simply fields of the record.
    public var fieldColumnCount: Int
    /// The record's row for each row, -1 for none; asked for only where there is a record.
    public var records: @Sendable () -> [Int32]
    /// How the rows came to be; none where nothing is known of it.
    public var lineage: Lineage?
    /// The values of a column, by its position.
    public var values: @Sendable (Int) -> [Value]

    public init(
        columns: [Column], recordEntity: EntityID? = nil, rowCount: Int, fieldColumnCount: Int = 0,
        records: @escaping @Sendable () -> [Int32] = { [] }, values: @escaping @Sendable (Int) -> [Value] = { _ in [] }
    ) {
        self.columns = columns
        self.recordEntity = recordEntity
        self.rowCount = rowCount
        self.fieldColumnCount = fieldColumnCount
        self.records = records
        self.values = values
    }
}
