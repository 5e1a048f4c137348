import CSQLite

/// Makes a table of each table of a SQLite database.
enum DatabaseLoader {
    /// By the first bytes, whatever the file is called.
    static func isDatabase(_ head: UnsafeBufferPointer<UInt8>) -> Bool {
        head.starts(with: "SQLite format 3\0".utf8)
    }

    static func load(_ path: String, context: LoadContext) throws(LoadError) -> FileContents {
        let database = try Database(path: path)
        var contents = FileContents()
        var names: [String] = []
        let list = try database.prepare(
            "SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'table' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' "
                + "ORDER BY name")
        while try list.step() { names.append(list.text(0)) }
        for name in names {
            try context.check()
            var table = try DatabaseTable(database, name, context)
            contents.tables.append(try table.load())
            contents.problems += table.problems
        }
        context.advance(by: (try? FileState(path: path).size) ?? 0)
        if names.isEmpty { contents.problems.append(DataProblem(.emptyFile, origin: context.origin(path), detail: "no tables")) }
        return contents
    }
}

/// One table of a database at work.
private struct DatabaseTable {
    let database: Database
    let name: String
    let context: LoadContext
    let origin: String
    private let rows: Statement
    private let table = RowTable()
    private let batcher = RowBatcher()
    /// Columns declared to hold texts, whose numbers are texts too, and columns declared as yes or no.
    private var isText: [Bool] = []
    private var isBool: [Bool] = []
    private var blobCounts: [Int] = []
    /// A sound database takes a byte at least for every row and every few digits. One whose pages lead round in circles never ends.
    private let mostBytes: Int
    private var bytesRead = 0
    var problems: [DataProblem] = []

    init(_ database: Database, _ name: String, _ context: LoadContext) throws(LoadError) {
        self.database = database
        self.name = name
        self.context = context
        origin = "\(context.origin(database.path)):\(name)"
        let size = try database.prepare("SELECT page_count * page_size FROM pragma_page_count, pragma_page_size")
        mostBytes = try size.step() ? Int(min(size.integer(0), 1 << 48)) * 16 + (1 << 20) : .max
        rows = try database.prepare("SELECT * FROM \(Database.quoted(name))")
        for column in 0..<rows.columnCount {
            let declared = rows.declaredType(column)
            // SQLite's own rule of affinity: section 3.1 of "Datatypes In SQLite".
            isText.append(!declared.contains("INT") && ["CHAR", "CLOB", "TEXT"].contains { declared.contains($0) })
            isBool.append(declared.contains("BOOL"))
            blobCounts.append(0)
        }
    }

    mutating func load() throws(LoadError) -> LoadedTable {
        for column in 0..<rows.columnCount { _ = table.column(rows.name(column)) }
        let table = table
        let raw = isBool
        isBool = raw.map { _ in false }
        var sawOther = raw.map { !$0 }
        try readRows(&sawOther) { table.classify($0) }
        isBool = sawOther.map { !$0 }
        var declared: [Int: ColumnFormat] = [:]
        for column in raw.indices where isBool[column] { declared[column] = .bool(.trueFalse) }
        table.settle(declared: declared)
        repeat { try readRows(&sawOther) { table.read($0) } } while table.needsAnotherReading()
        noteProblems()
        let keys = try primaryKey()
        return LoadedTable(
            name: name, origin: origin, rowCount: table.rowCount, columns: table.columns(), primaryKey: keys,
            foreignKeys: try foreignKeys())
    }

    /// Goes through all rows. `sawOther` notes the columns that hold anything but 0 and 1.
    private mutating func readRows(_ sawOther: inout [Bool], _ use: (FieldBatch) -> Void) throws(LoadError) {
        rows.reset()
        for column in blobCounts.indices { blobCounts[column] = 0 }
        bytesRead = 0
        while try rows.step() {
            let before = batcher.bytes.count
            for column in 0..<rows.columnCount { addValue(column, &sawOther) }
            bytesRead += batcher.bytes.count - before + 1
            batcher.endRow()
            if batcher.isFull {
                guard bytesRead <= mostBytes else { throw .database(path: database.path, reason: "it is damaged") }
                batcher.flush(columnCount: table.headers.count, to: use)
                try context.check()
            }
        }
        batcher.flush(columnCount: table.headers.count, to: use)
    }

    /// Every value has a type of its own in SQLite, whatever its column says.
    private mutating func addValue(_ column: Int, _ sawOther: inout [Bool]) {
        switch rows.type(column) {
        case SQLITE_NULL: return
        case SQLITE_INTEGER:
            let value = rows.integer(column)
            if value != 0 && value != 1 { sawOther[column] = true }
            if isBool[column] {
                add(column, value == 1 ? "true" : "false", isString: false)
            } else {
                // SQLite writes an integer as text itself, without a String in between.
                batcher.add(column: column, rows.bytes(column), isString: isText[column])
            }
        case SQLITE_FLOAT:
            sawOther[column] = true
            let value = rows.double(column)
            if value.isFinite { add(column, Self.shortest(value), isString: isText[column]) }
        case SQLITE_BLOB:
            sawOther[column] = true
            blobCounts[column] += 1
        default:
            sawOther[column] = true
            let bytes = rows.bytes(column)
            if bytes.count <= RowBatcher.longestValue { batcher.add(column: column, bytes, isString: isText[column]) }
        }
    }

    private func add(_ column: Int, _ text: String, isString: Bool) {
        var text = text
        text.withUTF8 { batcher.add(column: column, $0, isString: isString) }
    }

    /// The shortest decimal that is this double: 0.99 is meant as 99 hundredths.
    private static func shortest(_ value: Double) -> String {
        value == value.rounded() && abs(value) < 1e15 ? String(Int64(value)) : value.description
    }

    private mutating func noteProblems() {
        for column in blobCounts.indices where blobCounts[column] > 0 {
            problems.append(
                DataProblem(
                    .unsupportedValue, origin: origin, column: table.headers[column], count: blobCounts[column], detail: "a blob")
            )
        }
        if table.repairedCount > 0 {
            problems.append(DataProblem(.invalidEncoding, origin: origin, count: table.repairedCount, detail: "not UTF-8"))
        }
    }

    /// The column that is the primary key, if it is one alone.
    private func primaryKey() throws(LoadError) -> String? {
        let columns = try database.prepare("SELECT name FROM pragma_table_info(\(Self.literal(name))) WHERE pk > 0")
        var keys: [String] = []
        while try columns.step() { keys.append(columns.text(0)) }
        return keys.count == 1 ? keys[0] : nil
    }

    /// The foreign keys of one column each; where none is named, they mean the other table's primary key.
    private func foreignKeys() throws(LoadError) -> [LoadedTable.ForeignKey] {
        let list = try database.prepare(
            "SELECT f.\"from\", f.\"table\", coalesce(f.\"to\", (SELECT name FROM pragma_table_info(f.\"table\") WHERE pk = 1)) "
                + "FROM pragma_foreign_key_list(\(Self.literal(name))) f GROUP BY f.id HAVING count(*) = 1 ORDER BY f.id")
        var keys: [LoadedTable.ForeignKey] = []
        while try list.step() {
            guard list.type(2) != SQLITE_NULL else { continue }
            keys.append(LoadedTable.ForeignKey(column: list.text(0), table: list.text(1), referencedColumn: list.text(2)))
        }
        return keys
    }

    private static func literal(_ text: String) -> String {
        "'" + text.split(separator: "'", omittingEmptySubsequences: false).joined(separator: "''") + "'"
    }
}
