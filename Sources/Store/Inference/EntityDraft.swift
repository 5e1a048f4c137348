import Columns
import Types

/// What inference has made of one table so far.
struct EntityDraft {
    /// One column of the table.
    struct Column {
        var header: String
        /// The header in snake_case; the name of the field, unless a link takes it.
        var name: String
        var type: ValueType
        var values: Vector
        var distinct: DistinctValues
        var missingCount: Int
        /// Whether a schema file says what it is; then no link is inferred from it.
        var isDeclared = false
        var doc: String?

        var distinctCount: Int { distinct.count }

        /// Whether every row has a value of its own.
        func isUnique(rowCount: Int) -> Bool { missingCount == 0 && distinctCount == rowCount }

        /// Whether it holds texts of which hardly any two are the same.
        func isNearlyUnique(rowCount: Int) -> Bool {
            type == .text && missingCount < rowCount && 20 * distinct.estimate >= 19 * (rowCount - missingCount)
        }

        /// Whether values of this type can refer to a record.
        var canRefer: Bool { type == .text || type == .number }
    }

    var tableName: String
    var origin: String
    var rowCount: Int
    /// Singular and plural name.
    var name: String
    var plural: String
    /// Standard names under which it is known too, singular; their plurals go with them.
    var standardNames: [String] = []
    var columns: [Column]
    var primaryKey: String?
    var foreignKeys: [LoadedTable.ForeignKey]
    /// The column with the key: unique and never missing.
    var key: Int?
    /// The column in which links look records up: the key, or what would be the key but for a few repeated or missing values.
    var reference: Int?
    /// Whether the key is only the first column that happens to be unique; it ceases to be the key if it turns out to be a link.
    var isKeyDoubtful = false
    var label: Int?
    var time: Int?
    var doc: String?
    var isDeclared = false
    /// What all headers begin with, such as `o` in `o_orderkey`, `o_custkey`.
    var headerPrefix: String?

    init(table: LoadedTable) {
        tableName = table.name
        origin = table.origin
        rowCount = table.rowCount
        name = ""
        plural = ""
        primaryKey = table.primaryKey
        foreignKeys = table.foreignKeys
        columns = table.columns.map {
            Column(
                header: $0.header, name: "", type: $0.type, values: $0.values, distinct: $0.distinct,
                missingCount: $0.missingCount)
        }
        nameColumns()
        headerPrefix = Self.commonPrefix(columns.map(\.header), table: table.name)
    }

    /// Names the columns by their headers. Fields that Salesforce's customers added yield to its own of the same name.
    private mutating func nameColumns() {
        var names = UniqueNames()
        let isCustom = columns.map { SnakeCase.withoutCustomSuffix($0.header) != $0.header }
        for pass in [false, true] {
            for index in columns.indices where isCustom[index] == pass {
                let name = SnakeCase.name(columns[index].header)
                let full = SnakeCase.fullName(columns[index].header)
                let fallback = name.isEmpty ? "column_\(index + 1)" : full
                columns[index].name = names.take(name, fallback)
            }
        }
    }

    /// The short first word that all headers share, where it abbreviates the table's name.
    private static func commonPrefix(_ headers: [String], table: String) -> String? {
        guard headers.count > 1, let first = SnakeCase.words(headers[0]).first, first.count <= 3 else { return nil }
        guard let initial = SnakeCase.name(table).first, first.first == initial else { return nil }
        return headers.allSatisfy { SnakeCase.words($0).first == first && SnakeCase.words($0).count > 1 } ? first : nil
    }

    /// The name of the entity and those that mean the same.
    var namesWithSynonyms: [String] {
        let names = [name] + standardNames
        return names + names.flatMap { StandardNames.group(of: $0)?.synonyms ?? [] }
    }

    /// The column that a header, a field name or the snake_case of either names.
    func column(named text: String) -> Int? {
        columns.firstIndex { $0.header == text } ?? columns.firstIndex { $0.name == text }
            ?? columns.firstIndex { $0.name == SnakeCase.name(text) }
    }
}
