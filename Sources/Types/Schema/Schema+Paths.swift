extension Schema {
    /// Entities whose records happen at some time between a record of one entity and one of another, such as touches between people and
    /// users: each with its links to the two. Tables of pairs are what such records are pairs of, and do not count.
    public func meetings(between near: EntityID, _ far: EntityID) -> [(near: LinkID, far: LinkID)] {
        let pairs = Set(
            links.compactMap { link -> EntityID? in
                if case .pairs(let edge, _, _, _) = link.origin { return edge }
                return nil
            })
        var found: [(near: LinkID, far: LinkID)] = []
        for entity in entities where entity.time != nil && !pairs.contains(entity.id) && entity.id != near && entity.id != far {
            let toOne = entity.links.filter { self[$0].isToOne }
            for first in toOne where self[first].to == near && self[first].inverse != nil {
                for second in toOne where self[second].to == far && second != first { found.append((first, second)) }
            }
        }
        return found
    }
}

extension Entity {
    /// What a record of a table of pairs says about its pair: the fields that are neither its key nor a link.
    public var pairFacts: [(name: String, type: ValueType, index: Int)] {
        fields.indices.filter { fields[$0].links.isEmpty && $0 != key }.map { (fields[$0].name, fields[$0].type, $0) }
    }
}
