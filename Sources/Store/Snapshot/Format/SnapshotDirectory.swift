import Types

/// What a snapshot says of itself: the schema, what was found in the data, and where the columns and links stand.
struct SnapshotDirectory: Sendable {
    var schema: Schema
    var problems: [DataProblem]
    var suggestions: [LinkSuggestion]
    /// By entity and field, and by link.
    var columns: [[PackedColumn]]
    var links: [PackedLink]

    func written() -> [UInt8] {
        var directory = DirectoryWriter()
        schema.write(to: &directory)
        directory.write(each: problems) { $1.write(to: &$0) }
        directory.write(each: suggestions) { $1.write(to: &$0) }
        for column in columns.joined() { column.write(to: &directory) }
        for link in links { link.write(to: &directory) }
        return directory.bytes
    }

    init(
        schema: Schema, problems: [DataProblem], suggestions: [LinkSuggestion], columns: [[PackedColumn]], links: [PackedLink]
    ) {
        self.schema = schema
        self.problems = problems
        self.suggestions = suggestions
        self.columns = columns
        self.links = links
    }

    init(of file: SnapshotFile) throws(SnapshotError) {
        var reader = DirectoryReader(try file.bytes(file.directory), path: file.path, dataEnd: file.dataEnd)
        let schema = try Schema(&reader)
        problems = try reader.list { reader throws(SnapshotError) in try DataProblem(&reader) }
        suggestions = try reader.list { reader throws(SnapshotError) in try LinkSuggestion(&reader, schema.entities) }
        columns = []
        for entity in schema.entities {
            var own: [PackedColumn] = []
            for field in entity.fields {
                own.append(
                    try PackedColumn(&reader, type: field.type, rowCount: entity.rowCount, linkCount: schema.links.count))
            }
            columns.append(own)
        }
        links = []
        for link in schema.links { links.append(try PackedLink(&reader, link, fromCount: schema[link.from].rowCount)) }
        guard reader.isAtEnd else { throw reader.damage("its directory has more than it should") }
        self.schema = schema
        for (entity, own) in zip(schema.entities, columns) {
            for column in own where !isSound(column, of: entity) { throw reader.damage("a column of keys has no keys") }
        }
    }

    /// Whether the keys that a column repeats are texts that stand in the file themselves.
    private func isSound(_ column: PackedColumn, of entity: Entity) -> Bool {
        let link: LinkID
        switch column.values {
        case .keys(let other, _), .keyNumbers(let other, _): link = other
        default: return true
        }
        guard schema[link].isToOne, schema[link].from == entity.id, let key = keyField(of: schema[link].to) else { return false }
        let keys = columns[key.entity.index][key.index].values
        switch (column.values, keys) {
        case (.keys(_, let entries), .text), (.keys(_, let entries), .coded), (.keys(_, let entries), .numbered):
            return entries.count > 0 && entries.count <= schema[schema[link].to].rowCount
        case (.keyNumbers, .numbered): return true
        default: return false
        }
    }

    func keyField(of entity: EntityID) -> FieldID? { schema[entity].key.map { FieldID(entity, $0) } }
}

extension DataProblem {
    fileprivate func write(to directory: inout DirectoryWriter) {
        directory.write(kind.rawValue)
        directory.write(origin)
        directory.write(column) { $0.write($1) }
        directory.write(count)
        directory.write(each: lines) { $0.write($1) }
        directory.write(detail) { $0.write($1) }
    }

    fileprivate init(_ directory: inout DirectoryReader) throws(SnapshotError) {
        let name = try directory.text()
        guard let kind = Kind(rawValue: name) else { throw directory.damage("there is no problem called `\(name)`") }
        self.init(
            kind, origin: try directory.text(),
            column: try directory.optional { reader throws(SnapshotError) in try reader.text() },
            count: try directory.count(upTo: 1 << 40),
            lines: try directory.list { reader throws(SnapshotError) in try reader.count(upTo: 1 << 48) },
            detail: try directory.optional { reader throws(SnapshotError) in try reader.text() })
    }
}

extension LinkSuggestion {
    private static let reasons: [Reason] = [.tooManyDangling, .onlyValues, .severalFit]

    fileprivate func write(to directory: inout DirectoryWriter) {
        directory.write(field)
        directory.write(target.index)
        directory.write(name)
        directory.write(presentCount)
        directory.write(hitCount)
        directory.write(Self.reasons.firstIndex(of: reason) ?? 0)
    }

    fileprivate init(_ directory: inout DirectoryReader, _ entities: [Entity]) throws(SnapshotError) {
        self.init(
            field: try directory.field(entities), target: EntityID(try directory.index(below: entities.count, "entity")),
            name: try directory.text(), presentCount: try directory.count(upTo: Int(Int32.max)),
            hitCount: try directory.count(upTo: Int(Int32.max)),
            reason: Self.reasons[try directory.index(below: Self.reasons.count, "reason")])
    }
}
