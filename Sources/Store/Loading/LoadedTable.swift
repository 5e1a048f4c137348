import Columns
import Types

/// One table as read from a file or a database, typed but not yet linked to others.
public struct LoadedTable: Sendable {
    public struct Column: Sendable {
        /// The header as written; `column_3` where it had none.
        public var header: String
        /// text, number, bool, date or time.
        public var type: ValueType
        public var values: Vector
        /// How many values differ, for the inference of keys and links.
        public var distinct: DistinctValues
        public var missingCount: Int
        public var distinctCount: Int { distinct.count }

        /// `distinctCount` where it is known already.
        public init(header: String, type: ValueType, values: Vector, distinctCount: Int? = nil, missingCount: Int) {
            self.init(
                header: header, type: type, values: values, distinct: DistinctValues(of: values, known: distinctCount),
                missingCount: missingCount)
        }

        init(header: String, type: ValueType, values: Vector, distinct: DistinctValues, missingCount: Int) {
            self.header = header
            self.type = type
            self.values = values
            self.distinct = distinct
            self.missingCount = missingCount
        }
    }

    /// What a database itself says about its keys.
    public struct ForeignKey: Sendable {
        public var column: String
        public var table: String
        public var referencedColumn: String
        public init(column: String, table: String, referencedColumn: String) {
            self.column = column
            self.table = table
            self.referencedColumn = referencedColumn
        }
    }

    /// The file's name without its endings, or the table's name.
    public var name: String
    /// The file's name, and for databases `file.db:table`.
    public var origin: String
    public var rowCount: Int
    public var columns: [Column]
    public var primaryKey: String?
    public var foreignKeys: [ForeignKey]

    public init(
        name: String, origin: String, rowCount: Int, columns: [Column], primaryKey: String? = nil, foreignKeys: [ForeignKey] = []
    ) {
        self.name = name
        self.origin = origin
        self.rowCount = rowCount
        self.columns = columns
        self.primaryKey = primaryKey
        self.foreignKeys = foreignKeys
    }
}
