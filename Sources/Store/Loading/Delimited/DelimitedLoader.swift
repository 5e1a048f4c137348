/// Makes a table of a delimited file.
enum DelimitedLoader {
    static func load(_ source: ByteSource, prefersTab: Bool, context: LoadContext) throws(LoadError) -> FileContents {
        let origin = context.origin(source.path)
        var contents = FileContents()
        guard let header = try header(source, prefersTab, origin) else {
            contents.problems.append(DataProblem(.emptyFile, origin: origin))
            return contents
        }
        guard header.names.count <= 16_384 else { throw .tooManyColumns(path: source.path, count: header.names.count) }
        let reader = DelimitedReader(source, header: header, context: context)
        var columns = try reader.columns()
        contents.problems = header.problems + reader.problems
        // A separator at the end of every line makes a column that is none.
        while let last = columns.last, columns.count > 1, last.missingCount == last.values.count,
            header.unnamed.contains(columns.count - 1)
        {
            columns.removeLast()
        }
        for index in header.unnamed.sorted() where index < columns.count {
            contents.problems.append(DataProblem(.emptyHeader, origin: origin, column: header.names[index], lines: [1]))
        }
        contents.problems += try wording(reader, source, origin)
        contents.tables = [
            LoadedTable(name: FileName.table(source.path), origin: origin, rowCount: reader.rowCount, columns: columns)
        ]
        return contents
    }

    private static func header(
        _ source: ByteSource, _ prefersTab: Bool, _ origin: String
    ) throws(LoadError) -> DelimitedHeader? {
        let head = try source.head(256 << 10)
        return head.withElements { bytes in
            DelimitedHeader(bytes, isComplete: bytes.count == source.size, prefersTab: prefersTab, origin: origin)
        }
    }

    private static func wording(
        _ reader: DelimitedReader, _ source: ByteSource, _ origin: String
    ) throws(LoadError) -> [DataProblem] {
        let findings = reader.findings
        var problems: [DataProblem] = []
        let all: [(DataProblem.Kind, RowFindings.Places)] = [
            (.raggedRow, findings.ragged), (.repairedRow, findings.repaired), (.brokenQuote, findings.brokenQuotes),
        ]
        for (kind, places) in all where places.count > 0 {
            var detail = places.detail
            if kind == .raggedRow, findings.extraValues > 0 {
                detail = "\(detail ?? ""); \(findings.extraValues) extra values left out"
            }
            problems.append(
                DataProblem(
                    kind, origin: origin, count: places.count,
                    lines: try LineNumbers.of(places.offsets, in: source, newline: reader.header.dialect.newline), detail: detail)
            )
        }
        if reader.repairedCount > 0 {
            problems.append(DataProblem(.invalidEncoding, origin: origin, count: reader.repairedCount, detail: "not UTF-8"))
        }
        return problems
    }
}

/// What a file held.
struct FileContents: Sendable {
    var tables: [LoadedTable] = []
    var problems: [DataProblem] = []
}
