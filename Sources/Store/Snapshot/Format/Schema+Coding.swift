import Types

extension Schema {
    func write(to directory: inout DirectoryWriter) {
        directory.write(each: entities) { $1.write(to: &$0) }
        directory.write(each: links) { $1.write(to: &$0) }
    }

    /// Reads a schema; every position in it leads to something, and links fit the entities they join.
    init(_ directory: inout DirectoryReader) throws(SnapshotError) {
        self.init()
        entities = try directory.list { reader throws(SnapshotError) in try Entity(&reader) }
        for index in entities.indices { entities[index].id = EntityID(index) }
        let entities = entities
        links = try directory.list { reader throws(SnapshotError) in try Link(&reader, entities) }
        for index in links.indices { links[index].id = LinkID(index) }
        for link in links where !fits(link) { throw directory.damage("the link `\(link.name)` does not fit its entities") }
        for entity in entities {
            let own = entity.links + entity.fields.flatMap(\.links)
            guard own.allSatisfy({ links.indices.contains($0.index) && self[$0].from == entity.id }),
                entity.fields.allSatisfy({ $0.links.allSatisfy { self[$0].isToOne } })
            else { throw directory.damage("`\(entity.name)` has links that there are not") }
            let names =
                entity.fields.flatMap { [$0.name] + $0.aliases } + entity.links.flatMap { [self[$0].name] + self[$0].aliases }
            guard !names.contains(""), Set(names).count == names.count else {
                throw directory.damage("`\(entity.name)` has a name twice, or an empty one")
            }
            guard entity.fields.allSatisfy({ field in field.history.map { fits($0, of: field, entity.id) } ?? true }) else {
                throw directory.damage("`\(entity.name)` has a history that does not fit")
            }
        }
    }

    /// Whether what a field says of its history is so.
    private func fits(_ history: FieldHistory, of field: Types.Field, _ entity: EntityID) -> Bool {
        guard links.indices.contains(history.record.index), self[history.record].isToOne, self[history.record].to == entity
        else { return false }
        let table = self[history.record].from
        let fields = [history.time, history.value] + (history.earlier.map { [$0] } ?? [])
        return fields.allSatisfy { $0.entity == table && self[table].fields.indices.contains($0.index) }
            && [.date, .time].contains(self[history.time].type) && fields.dropFirst().allSatisfy { self[$0].type == field.type }
    }

    /// Whether what a link says of other links and of fields is so.
    private func fits(_ link: Link) -> Bool {
        if let inverse = link.inverse {
            guard links.indices.contains(inverse.index), self[inverse].from == link.to, self[inverse].to == link.from else {
                return false
            }
        }
        switch link.origin {
        case .key(let field), .label(let field): return link.isToOne && field.entity == link.from
        case .inverse(let forward):
            guard links.indices.contains(forward.index) else { return false }
            return !link.isToOne && self[forward].isToOne && self[forward].from == link.to && self[forward].to == link.from
        case .pairs(let edge, let near, let far, _):
            guard links.indices.contains(near.index), links.indices.contains(far.index) else { return false }
            return !link.isToOne && self[near].isToOne && self[far].isToOne && self[near].from == edge && self[far].from == edge
                && self[near].to == link.from && self[far].to == link.to
        }
    }
}

extension Entity {
    fileprivate func write(to directory: inout DirectoryWriter) {
        directory.write(name)
        directory.write(plural)
        directory.write(origin)
        directory.write(rowCount)
        directory.write(each: aliases) { $0.write($1) }
        directory.write(doc) { $0.write($1) }
        directory.write(each: fields) { $1.write(to: &$0) }
        directory.write(each: links) { $0.write($1.index) }
        for place in [key, reference, label, time] { directory.write(place) { $0.write($1) } }
    }

    fileprivate init(_ directory: inout DirectoryReader) throws(SnapshotError) {
        self.init(
            id: EntityID(0), name: try directory.text(), plural: try directory.text(), origin: try directory.text(), fields: [],
            rowCount: try directory.count(upTo: Int(Int32.max)))
        aliases = try directory.texts()
        doc = try directory.optional { reader throws(SnapshotError) in try reader.text() }
        let fields = try directory.list { reader throws(SnapshotError) in try Types.Field(&reader) }
        self.fields = fields
        links = try directory.links()
        func place(_ directory: inout DirectoryReader) throws(SnapshotError) -> Int? {
            try directory.optional { reader throws(SnapshotError) in try reader.index(below: fields.count, "field") }
        }
        key = try place(&directory)
        reference = try place(&directory)
        label = try place(&directory)
        time = try place(&directory)
        if let time, fields[time].type != .date, fields[time].type != .time { throw directory.damage("`\(name)` has no time") }
    }
}

extension Types.Field {
    /// The types that stored columns have, by their numbers in the file.
    private static let types: [ValueType] = [.none, .text, .number, .bool, .date, .time]

    fileprivate func write(to directory: inout DirectoryWriter) {
        directory.write(name)
        directory.write(header)
        directory.write(Self.types.firstIndex(of: type) ?? 0)
        directory.write(each: aliases) { $0.write($1) }
        directory.write(doc) { $0.write($1) }
        directory.write(each: links) { $0.write($1.index) }
        directory.write(isNearlyUnique)
        directory.write(history) { $1.write(to: &$0) }
    }

    fileprivate init(_ directory: inout DirectoryReader) throws(SnapshotError) {
        self.init(
            name: try directory.text(), header: try directory.text(),
            type: Self.types[try directory.index(below: Self.types.count, "type")])
        aliases = try directory.texts()
        doc = try directory.optional { reader throws(SnapshotError) in try reader.text() }
        links = try directory.links()
        isNearlyUnique = try directory.bool()
        history = try directory.optional { reader throws(SnapshotError) in try FieldHistory(&reader) }
    }
}

extension FieldHistory {
    fileprivate func write(to directory: inout DirectoryWriter) {
        directory.write(record.index)
        directory.write(time)
        directory.write(value)
        directory.write(earlier) { $0.write($1) }
    }

    /// What it names is held against the schema once all of that is read.
    fileprivate init(_ directory: inout DirectoryReader) throws(SnapshotError) {
        func field(_ reader: inout DirectoryReader) throws(SnapshotError) -> FieldID {
            let limit = Int(Int32.max)
            return FieldID(EntityID(try reader.index(below: limit, "entity")), try reader.index(below: limit, "field"))
        }
        self.init(
            record: try directory.link(), time: try field(&directory), value: try field(&directory),
            earlier: try directory.optional { reader throws(SnapshotError) in try field(&reader) })
    }
}

extension Link {
    fileprivate func write(to directory: inout DirectoryWriter) {
        directory.write(name)
        directory.write(from.index)
        directory.write(to.index)
        directory.write(isToOne)
        switch origin {
        case .key(let field):
            directory.write(0)
            directory.write(field)
        case .label(let field):
            directory.write(1)
            directory.write(field)
        case .inverse(let link):
            directory.write(2)
            directory.write(link.index)
        case .pairs(let edge, let near, let far, let bothWays):
            directory.write(3)
            directory.write(edge.index)
            directory.write(near.index)
            directory.write(far.index)
            directory.write(bothWays)
        }
        directory.write(inverse) { $0.write($1.index) }
        directory.write(danglingCount)
        directory.write(isDeclared)
        directory.write(each: aliases) { $0.write($1) }
        directory.write(doc) { $0.write($1) }
    }

    fileprivate init(_ directory: inout DirectoryReader, _ entities: [Entity]) throws(SnapshotError) {
        let name = try directory.text()
        let from = EntityID(try directory.index(below: entities.count, "entity"))
        let to = EntityID(try directory.index(below: entities.count, "entity"))
        let isToOne = try directory.bool()
        let origin: Origin
        switch try directory.index(below: 4, "origin of a link") {
        case 0: origin = .key(try directory.field(entities))
        case 1: origin = .label(try directory.field(entities))
        case 2: origin = .inverse(try directory.link())
        default:
            origin = .pairs(
                edge: EntityID(try directory.index(below: entities.count, "entity")), near: try directory.link(),
                far: try directory.link(), bothWays: try directory.bool())
        }
        self.init(
            id: LinkID(0), name: name, from: from, to: to, isToOne: isToOne, origin: origin,
            inverse: try directory.optional { reader throws(SnapshotError) in try reader.link() },
            danglingCount: try directory.count(upTo: Int(Int32.max)), isDeclared: try directory.bool())
        aliases = try directory.texts()
        doc = try directory.optional { reader throws(SnapshotError) in try reader.text() }
    }
}

extension DirectoryWriter {
    mutating func write(_ field: FieldID) {
        write(field.entity.index)
        write(field.index)
    }
}

extension DirectoryReader {
    mutating func texts() throws(SnapshotError) -> [String] {
        try list { reader throws(SnapshotError) in try reader.text() }
    }

    /// A link's position; whether there is such a link, is known only once all of them are read.
    mutating func link() throws(SnapshotError) -> LinkID { LinkID(try index(below: Int(Int32.max), "link")) }

    mutating func links() throws(SnapshotError) -> [LinkID] {
        try list { reader throws(SnapshotError) in try reader.link() }
    }

    mutating func field(_ entities: [Entity]) throws(SnapshotError) -> FieldID {
        let entity = try index(below: entities.count, "entity")
        return FieldID(EntityID(entity), try index(below: entities[entity].fields.count, "field"))
    }
}
