import Columns
import Output
import Store
import Syntax
import Types

/// What reads and writes files: fields of delimited text, whole columns of it, columns and links of a snapshot, cells.
func fileKernels(in folder: ScratchFolder) -> [Kernel] {
    let count = Size.table.rows
    return [
        scanning("scan fields without quotes", Generated.amounts),
        scanning("scan fields with quotes") { count, seed in Generated.texts(count) { "Quote \($0), for \(seed)" } },
        scanning("scan fields with doubled quotes") { count, seed in
            Generated.texts(count) { "Quote \($0), for \"\(seed)\"" }
        },
        loading("load whole numbers", in: folder) { Generated.wholeNumbers($0, below: 1 << 20, seed: $1) },
        loading("load decimals", in: folder, Generated.amounts),
        loading("load dates", in: folder, Generated.dates),
        loading("load few words", in: folder) { Generated.codes($0, entries: 12, seed: $1) },
        loading("load texts", in: folder, Generated.subjects),
        parsing("numbers of texts", .number, Generated.amounts),
        parsing("dates of texts", .date, Generated.dates),
        unpacking("dates of a snapshot", bytes: 4, in: folder) { Generated.dates(count) },
        unpacking("times of a snapshot", bytes: 8, in: folder) {
            Vector(count: count, .time(Buffer(Generated.integers(count, below: 300_000_000).map { Int64($0) * 1_000_000 })))
        },
        unpacking("texts of a snapshot", bytes: 35, in: folder) { Generated.subjects(count) },
        linkOfSnapshot(in: folder),
    ]
        + [OutputFormat.csv, .jsonl].flatMap { format in
            [
                writing("write whole numbers", format) { Generated.wholeNumbers($0, below: 1 << 20) },
                writing("write decimals", format) { Generated.amounts($0) },
                writing("write doubles", format) { Generated.doubles($0) },
                writing("write dates", format) { Generated.dates($0) },
                writing("write texts", format) { Generated.subjects($0) },
            ]
        }
}

private let columnCount = 8

/// A file of several columns of a kind.
private func delimitedText(_ rows: Int, _ column: (_ count: Int, _ seed: UInt64) -> Vector) throws -> [UInt8] {
    let columns = (0..<columnCount).map { index in
        Answer.Column(name: "column_\(index)", type: .none, values: column(rows, UInt64(60 + index)))
    }
    let sink = ByteSink()
    try write(Answer(columns: columns, rowCount: rows), OutputOptions(format: .csv), to: sink)
    return sink.bytes
}

private func scanning(_ name: String, _ column: @escaping (_ count: Int, _ seed: UInt64) -> Vector) -> Kernel {
    Kernel("\(name), window") {
        let rows = 4096
        let bytes = try delimitedText(rows, column)
        // Behind a window there is room to read whole blocks.
        let original = bytes + [UInt8](repeating: 0, count: 64)
        let window = UnsafeMutableBufferPointer<UInt8>.allocate(capacity: original.count)
        let scanner = FieldScanner(
            dialect: Dialect(separator: 0x2c, newline: 0x0a), columnCount: columnCount, longestQuoted: 1 << 20)
        return Prepared(
            rows: rows * columnCount, floor: .read(bytes: bytes.count),
            // Quoted values are unquoted in place.
            before: { _ = window.update(fromContentsOf: original) },
            run: {
                let ending = scanner.scan(
                    window.baseAddress!, end: bytes.count, isLast: true, offset: 0, start: 0, limit: bytes.count)
                guard case .complete = ending, scanner.rowCount == rows + 1 else { throw BenchmarkError.wrong(name) }
            })
    }
}

private func loading(
    _ name: String, in folder: ScratchFolder, _ column: @escaping (_ count: Int, _ seed: UInt64) -> Vector
) -> Kernel {
    Kernel(name) {
        let rows = 1 << 16
        let bytes = try delimitedText(rows, column)
        let path = try folder.write(bytes, to: "table.csv")
        return Prepared(rows: rows * columnCount, floor: .copy(bytes: bytes.count)) {
            let sources = try loadTables(from: [path], options: LoadOptions(threads: 1))
            guard sources.tables.first?.rowCount == rows else { throw BenchmarkError.wrong(name) }
        }
    }
}

private func parsing(_ name: String, _ type: ValueType, _ column: @escaping (_ count: Int, _ seed: UInt64) -> Vector) -> Kernel {
    Kernel(name) {
        let rows = Size.batch.rows
        let texts = textOf(.vector(column(rows, 61)), count: rows)
        return Prepared(rows: rows, floor: .read(bytes: byteCount(texts))) {
            use(type == .date ? dateOf(.vector(texts), count: rows) : numberOf(.vector(texts), count: rows))
        }
    }
}

private func writing(_ name: String, _ format: OutputFormat, _ column: @escaping (_ count: Int) -> Vector) -> Kernel {
    Kernel("\(name), \(format)") {
        let rows = Size.batch.rows
        let answer = Answer(columns: [Answer.Column(name: "value", type: .none, values: column(rows))], rowCount: rows)
        func written() throws -> Int {
            let sink = ByteSink()
            try write(answer, OutputOptions(format: format), to: sink)
            return sink.bytes.count
        }
        return Prepared(rows: rows, floor: .copy(bytes: try written())) { use(try written()) }
    }
}

// MARK: Snapshots

private func unpacking(_ name: String, bytes: Int, in folder: ScratchFolder, _ column: @escaping () -> Vector) -> Kernel {
    Kernel(name) {
        let column = column()
        let path = try folder.snapshot(column: column)
        var store = Store.empty
        return Prepared(
            rows: column.count, floor: .copy(bytes: column.count * bytes),
            // What was read once is kept by the store.
            before: { store = try openSnapshot(path) },
            run: { use(store.vector(FieldID(Generated.entity, 0))) })
    }
}

private func linkOfSnapshot(in folder: ScratchFolder) -> Kernel {
    Kernel("a link of a snapshot") {
        let rows = Size.table.rows
        let targets = Buffer(Generated.integers(rows, below: rows))
        let path = try folder.snapshot(column: Vector(count: rows, .date(targets)), link: .one(targets))
        var store = Store.empty
        return Prepared(
            rows: rows, floor: .copy(bytes: rows * 4), before: { store = try openSnapshot(path) },
            run: { use(store.index(of: LinkID(0))) })
    }
}

extension ScratchFolder {
    /// Writes a snapshot of one entity with one column, and perhaps a link to itself.
    fileprivate func snapshot(column: Vector, link: LinkIndex? = nil) throws -> String {
        let type: ValueType =
            switch column.storage {
            case .date: .date
            case .time: .time
            default: .text
            }
        let field = Field(name: "value", header: "value", type: type)
        var entity = Entity(
            id: Generated.entity, name: "row", plural: "rows", origin: "rows.csv", fields: [field], rowCount: column.count)
        var links: [Link] = []
        if link != nil {
            entity.links = [LinkID(0)]
            let origin = Link.Origin.key(FieldID(entity.id, 0))
            links.append(Link(id: LinkID(0), name: "other", from: entity.id, to: entity.id, isToOne: true, origin: origin))
        }
        let store = Store(
            schema: Schema(entities: [entity], links: links), columns: [[column]], linkIndexes: link.map { [$0] } ?? [],
            problems: [])
        let path = self.path(of: "rows.crmdb")
        try writeSnapshot(of: store, to: path)
        return path
    }
}
