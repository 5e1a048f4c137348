import Syntax
import Types

/// A term and the depth for which it was resolved. Used deeper, the frames that it opens itself move deeper too.
struct BoundTerm {
    var term: Term
    var depth: Int

    func at(_ depth: Int) -> Term { term.shifted(above: self.depth, by: depth - self.depth) }
}

/// Where names are looked up, innermost last.
enum Layer {
    /// A record: in brackets, maps and tables the one that the set is at; in a definition the one that has it. `edge` is the entity
    /// of the pair through which the record was reached.
    case record(BoundTerm, EntityID, edge: EntityID?)
    /// The rows of the question.
    case rows
    /// Parameters of a definition or a question.
    case parameters([String: BoundTerm])

    func hasParameter(_ name: String) -> Bool {
        if case .parameters(let values) = self { return values[name] != nil }
        return false
    }
}

/// What an aggregate means where it stands.
enum AggregateMode {
    /// Over a set or a list only.
    case values
    /// Over the rows of a group.
    case group
    /// Over the rows that share a key.
    case window(partition: [Term])
}

/// What an expression can see.
struct Scope {
    var layers: [Layer]
    /// The level of the innermost frame; 0 for the question's rows.
    var depth = 0
    var mode = AggregateMode.values
    /// Whether this is the argument of an aggregate over rows.
    var isAggregated = false

    /// The scope in brackets behind a set.
    func entering(_ entity: EntityID, edge: EntityID?) -> Scope {
        var inner = self
        inner.depth += 1
        inner.mode = .values
        inner.layers.append(
            .record(BoundTerm(term: .element(level: inner.depth, .record(entity)), depth: inner.depth), entity, edge: edge))
        return inner
    }

    /// The scope in which each row is looked at singly.
    var perRow: Scope {
        var scope = self
        scope.mode = .values
        return scope
    }

    /// Whether names are looked up among the rows first, so that an expression may name a column by its header.
    var isRows: Bool {
        if case .rows = layers.last { return true }
        return false
    }

    var hasRows: Bool {
        layers.contains { layer in
            if case .rows = layer { return true }
            return false
        }
    }
}

/// Terms by the slots that hold them. Slots are numbered from 0 on, so that nothing needs to be hashed.
struct SlotTerms {
    private var terms: [Term?] = []

    subscript(_ slot: SlotID) -> Term? {
        get { slot.index < terms.count ? terms[slot.index] : nil }
        set {
            while terms.count <= slot.index { terms.append(nil) }
            terms[slot.index] = newValue
        }
    }
}

/// What is known of the rows while the clauses are gone through.
struct Frame {
    struct Column {
        var name: String
        var slot: SlotID
        var type: ValueType
    }
    /// Columns that have been computed, and the variables of `for`.
    var columns: [Column] = []
    var record: (slot: SlotID, entity: EntityID)?
    /// Whether the record's fields are shown, before and between `columns`.
    var showsRecord = false
    /// How many of the first columns are the fields of an earlier answer's records, which nobody chose.
    var fieldColumnCount = 0
    /// The keys of the latest `sort`.
    var order: [TermSortKey] = []
    /// The columns that are keys of the groups, once there are groups.
    var keys: Set<SlotID>?
    var isPivoted = false
    /// The entity that the rows were about before a clause made other rows of them, for messages.
    var lost: (entity: EntityID, behind: String)?

    func column(named name: String) -> Column? { columns.first { $0.name == name } }
}
