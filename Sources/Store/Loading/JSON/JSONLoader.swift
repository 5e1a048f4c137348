/// Makes a table of a JSON file.
enum JSONLoader {
    static func load(_ source: ByteSource, context: LoadContext) throws(LoadError) -> FileContents {
        let origin = context.origin(source.path)
        let text = try source.head(source.size)
        let table = RowTable()
        let rows = JSONRows(text, table: table, context: context)
        try rows.read { table.classify($0) }
        guard table.headers.count <= 16_384 else { throw .tooManyColumns(path: source.path, count: table.headers.count) }
        guard table.rowCount <= Int(Int32.max) else { throw .tooManyRows(path: source.path) }
        table.settle()
        repeat { try rows.read { table.read($0) } } while table.needsAnotherReading()
        context.advance(by: source.size)
        var contents = FileContents()
        contents.problems = try problems(rows, table, source, origin)
        if table.headers.isEmpty {
            if contents.problems.isEmpty { contents.problems.append(DataProblem(.emptyFile, origin: origin)) }
            return contents
        }
        let rowCount = table.rowCount
        contents.tables = [
            LoadedTable(name: FileName.table(source.path), origin: origin, rowCount: rowCount, columns: table.columns())
        ]
        return contents
    }

    private static func problems(
        _ rows: JSONRows, _ table: RowTable, _ source: ByteSource, _ origin: String
    ) throws(LoadError) -> [DataProblem] {
        var problems: [DataProblem] = []
        for places in [rows.faults, rows.nonObjects] where places.count > 0 {
            let lines = try LineNumbers.of(places.offsets, in: source, newline: 0x0a)
            problems.append(DataProblem(.invalidJSON, origin: origin, count: places.count, lines: lines, detail: places.detail))
        }
        for (column, count) in rows.unsupported.sorted(by: { $0.key < $1.key }) {
            problems.append(
                DataProblem(
                    .unsupportedValue, origin: origin, column: column, count: count, detail: "a list of objects or of lists"))
        }
        if table.repairedCount > 0 {
            problems.append(DataProblem(.invalidEncoding, origin: origin, count: table.repairedCount, detail: "not UTF-8"))
        }
        return problems
    }
}
