import Types

/// The standard names of links and fields, so that the standard library applies to any export. A standard name is given only where it
/// is free and plain what it means.
struct LinkAliases {
    private(set) var schema: Schema
    /// Names in use, by entity.
    private var names: [UniqueNames]

    init(_ schema: Schema) {
        self.schema = schema
        names = schema.entities.map { entity in
            UniqueNames(entity.fields.map(\.name) + entity.links.map { schema[$0].name })
        }
    }

    mutating func assign() {
        for link in schema.links.indices where isKeyLink(schema.links[link]) { aliasToOne(link) }
        for link in schema.links.indices where !isKeyLink(schema.links[link]) { aliasToMany(link) }
        for entity in schema.entities.indices { aliasFields(entity) }
    }

    private func isKeyLink(_ link: Link) -> Bool {
        switch link.origin {
        case .key, .label: true
        case .inverse, .pairs: false
        }
    }

    /// Whether the rows of an entity are pairs: the employee of a territory does not own the pair.
    private func isEdge(_ entity: EntityID) -> Bool {
        schema.links.contains { link in
            guard case .pairs(let edge, _, _, _) = link.origin else { return false }
            return edge == entity
        }
    }

    private mutating func add(_ alias: String, toLink link: Int) {
        let entity = schema.links[link].from.index
        guard !alias.isEmpty, names[entity].isFree(alias) else { return }
        schema.links[link].aliases.append(names[entity].take(alias))
    }

    /// All singular names of an entity.
    private func singulars(_ entity: EntityID) -> [String] {
        let found = schema[entity]
        return [found.name]
            + found.aliases.filter { alias in found.aliases.contains(Plural.plural(alias)) && Plural.plural(alias) != alias }
    }

    /// The link that has its entity's name, or is the only one that leads there, answers to all names of that entity. Links within one
    /// entity do not: the customer of a customer is no customer's own name.
    private mutating func aliasToOne(_ index: Int) {
        let link = schema.links[index]
        if link.from == link.to {
            if link.name.hasPrefix("parent_") { add("parent", toLink: index) }
            if link.name == "reports_to" { add("manager", toLink: index) }
            if link.name == "manager" { add("reports_to", toLink: index) }
            return
        }
        let rivals = schema.links.filter { isKeyLink($0) && $0.from == link.from && $0.to == link.to }
        let names = singulars(link.to)
        if names.contains(link.name) || rivals.count == 1 {
            for name in names { add(name, toLink: index) }
            if names.contains("user"), !isEdge(link.from) { add("owner", toLink: index) }
        }
    }

    /// A way back and a link through pairs answer to the other names of the entity that they are named after.
    private mutating func aliasToMany(_ index: Int) {
        let link = schema.links[index]
        let target = schema[link.to]
        for alias in singulars(link.to).dropFirst() {
            let plural = Plural.plural(alias)
            if link.name == target.plural { add(plural, toLink: index) }
            if link.name.hasPrefix(target.plural + "_by_") {
                add(plural + link.name.dropFirst(target.plural.count), toLink: index)
            }
        }
    }

    private mutating func aliasFields(_ entity: Int) {
        let found = schema.entities[entity]
        func add(_ alias: String, _ field: Int) {
            guard names[entity].isFree(alias) else { return }
            schema.entities[entity].fields[field].aliases.append(names[entity].take(alias))
        }
        for group in StandardNames.fields {
            var fields = found.fields.indices.filter { group.synonyms.contains(found.fields[$0].name) }
            // Beside a field of Salesforce's own (`ClosedDate`), one that a customer added (`CloseDate__c`) means something else.
            let own = fields.filter { SnakeCase.withoutCustomSuffix(found.fields[$0].header) == found.fields[$0].header }
            if own.count == 1 { fields = own }
            if fields.count == 1 { add(group.standard, fields[0]) }
        }
        if let time = found.time { add("at", time) }
        if let label = found.label, found.fields[label].name.hasSuffix("name") { add("name", label) }
    }
}
