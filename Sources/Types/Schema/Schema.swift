import Syntax

/// The position of a link in `Schema.links`.
public struct LinkID: Hashable, Sendable {
    public let index: Int
    public init(_ index: Int) { self.index = index }
}

/// A field of an entity: the position of the entity, and of the field in `Entity.fields`.
public struct FieldID: Hashable, Sendable {
    public let entity: EntityID
    public let index: Int
    public init(_ entity: EntityID, _ index: Int) {
        self.entity = entity
        self.index = index
    }
}

/// A field that holds a value. A column that refers to another record is a link as well; the field keeps its raw values.
public struct Field: Sendable {
    /// The name in the language: snake_case.
    public var name: String
    /// The header as written in the data; also accepted, in backquotes.
    public var header: String
    public var type: ValueType
    /// Standard names under which it is known too.
    public var aliases: [String]
    public var doc: String?
    /// The to-one links that were made from this column. Listings show such a link instead of the raw key.
    public var links: [LinkID]
    /// Whether (nearly) every record has a text of its own here, so that a text is better looked up than compared with all others.
    public var isNearlyUnique = false
    /// Where its earlier values are, if they are known.
    public var history: FieldHistory?

    public init(
        name: String, header: String, type: ValueType, aliases: [String] = [], doc: String? = nil, links: [LinkID] = []
    ) {
        self.name = name
        self.header = header
        self.type = type
        self.aliases = aliases
        self.doc = doc
        self.links = links
    }
}

/// A table with a row for each change of a field.
public struct FieldHistory: Sendable, Equatable {
    /// The link of the table to the record that changed.
    public var record: LinkID
    /// The fields of the table with the moment of the change, the value from then on and, where it is known, the value until then.
    public var time: FieldID
    public var value: FieldID
    public var earlier: FieldID?
    public init(record: LinkID, time: FieldID, value: FieldID, earlier: FieldID?) {
        self.record = record
        self.time = time
        self.value = value
        self.earlier = earlier
    }
}

public struct Entity: Sendable {
    public var id: EntityID
    /// Singular, such as `account`.
    public var name: String
    /// Plural, such as `accounts`; the name of the set of all its records.
    public var plural: String
    /// Standard names, singular and plural, under which it is known too.
    public var aliases: [String]
    /// Where its rows came from: a file name, and for databases the table.
    public var origin: String
    public var fields: [Field]
    public var links: [LinkID]
    /// Positions in `fields`. The key is unique and never missing; the label is what a person calls the record; the time is when the
    /// record came to be or happened.
    public var key: Int?
    public var label: Int?
    public var time: Int?
    /// The field in which links look records up: the key, or what would be the key but for a few repeated or missing values.
    public var reference: Int?
    public var rowCount: Int
    public var doc: String?

    public init(id: EntityID, name: String, plural: String, origin: String, fields: [Field], rowCount: Int) {
        self.id = id
        self.name = name
        self.plural = plural
        self.origin = origin
        self.fields = fields
        self.rowCount = rowCount
        aliases = []
        links = []
    }
}

/// A named way from the records of one entity to those of another (or the same).
public struct Link: Sendable {
    /// How the linked records are found.
    public enum Origin: Sendable, Equatable {
        /// A column of the `from` entity holds keys of the `to` entity.
        case key(FieldID)
        /// A column of the `from` entity holds labels of the `to` entity.
        case label(FieldID)
        /// The way back of a to-one link.
        case inverse(LinkID)
        /// Through a table of pairs: `edge` is the entity of the table, `near` its link to `from`, `far` its link to `to`.
        /// `bothWays` means that a pair counts in both directions.
        case pairs(edge: EntityID, near: LinkID, far: LinkID, bothWays: Bool)
    }
    public var id: LinkID
    public var name: String
    public var aliases: [String]
    public var from: EntityID
    public var to: EntityID
    /// Whether a record leads to one record at most.
    public var isToOne: Bool
    public var origin: Origin
    /// The link that leads back, if there is one.
    public var inverse: LinkID?
    /// Values of the column that no record of `to` has; 0 for ways back.
    public var danglingCount: Int
    public var doc: String?
    /// Whether it came from a schema file rather than being inferred.
    public var isDeclared: Bool

    public init(
        id: LinkID, name: String, from: EntityID, to: EntityID, isToOne: Bool, origin: Origin, inverse: LinkID? = nil,
        danglingCount: Int = 0, isDeclared: Bool = false
    ) {
        self.id = id
        self.name = name
        self.from = from
        self.to = to
        self.isToOne = isToOne
        self.origin = origin
        self.inverse = inverse
        self.danglingCount = danglingCount
        self.isDeclared = isDeclared
        aliases = []
    }
}

/// What a store holds: its entities, their fields and the links between them.
public struct Schema: Sendable {
    public var entities: [Entity]
    public var links: [Link]

    public init(entities: [Entity] = [], links: [Link] = []) {
        self.entities = entities
        self.links = links
    }

    // Inlined, so that whoever asks for the type of a field gets no copy of all there is to know of it.
    @inlinable public subscript(_ id: EntityID) -> Entity { entities[id.index] }
    @inlinable public subscript(_ id: LinkID) -> Link { links[id.index] }
    @inlinable public subscript(_ id: FieldID) -> Field { entities[id.entity.index].fields[id.index] }

    /// An entity by its singular, plural or an alias, in O(entities).
    public func entity(named name: String) -> Entity? {
        entities.first { $0.name == name || $0.plural == name } ?? entities.first { $0.aliases.contains(name) }
    }

    /// A field of an entity by its name, its header or an alias; names win over headers, these over aliases.
    public func field(named name: String, of entity: EntityID) -> FieldID? {
        let fields = entities[entity.index].fields
        let index =
            fields.firstIndex { $0.name == name } ?? fields.firstIndex { $0.header == name }
            ?? fields.firstIndex { $0.aliases.contains(name) }
        return index.map { FieldID(entity, $0) }
    }

    /// A link of an entity by its name or an alias.
    public func link(named name: String, of entity: EntityID) -> LinkID? {
        let own = entities[entity.index].links
        return own.first { links[$0.index].name == name } ?? own.first { links[$0.index].aliases.contains(name) }
    }
}
