import Columns
import Resolve
import Types

/// The rows for which terms are evaluated at once: a batch of the question's rows, or the elements of the sets that the rows of an
/// outer frame have. Whatever was computed for a frame is remembered in it, so that equal terms are computed once.
final class Frame {
    /// What `element` stands for in the frame.
    enum Elements {
        /// The question's rows have slots instead.
        case rows
        case records(EntityID, Rows)
        case values(Evaluated)
    }

    let level: Int
    let count: Int
    unowned let outer: Frame?
    /// Keeps the outer frame alive, unless that one remembers this frame: two that keep each other would never be freed.
    private var keptOuter: Frame?
    /// Which row of the outer frame each row belongs to.
    let membership: Membership?
    let elements: Elements
    let edges: Buffer<Int32>?
    /// The columns of the question's rows.
    var slots: [SlotID: Evaluated] = [:]
    /// In the order in which they were computed; they are few, so that going through them costs less than hashing.
    private var values: [(node: NodeID, value: Evaluated)] = []
    private var elementFrames: [NodeID: Frame] = [:]
    private var parentsByLevel: [Int: Buffer<Int32>] = [:]

    /// A frame of the question's rows.
    init(rowCount: Int, slots: [SlotID: Evaluated] = [:]) {
        level = 0
        count = rowCount
        outer = nil
        membership = nil
        elements = .rows
        edges = nil
        self.slots = slots
    }

    /// A frame of all records of an entity, for values that are computed for the whole of it.
    init(entity: EntityID, rowCount: Int) {
        level = ExpressionGraph.derivedLevel
        count = rowCount
        outer = nil
        membership = nil
        elements = .records(entity, .range(0..<rowCount))
        edges = nil
    }

    /// A frame of one row whose record is missing.
    init(absentRecordOf entity: EntityID) {
        level = ExpressionGraph.derivedLevel
        count = 1
        outer = nil
        membership = nil
        elements = .records(entity, .list(Buffer([-1])))
        edges = nil
    }

    /// A frame of the elements that the rows of `outer` have.
    init(level: Int, outer: Frame, membership: Membership, elements: Elements, edges: Buffer<Int32>?) {
        self.level = level
        self.outer = outer
        keptOuter = outer
        self.membership = membership
        self.elements = elements
        self.edges = edges
        count = membership.elementCount
    }

    /// The same rows, for another thread: values that were computed already stay known, but for some nodes.
    init(of frame: Frame, forgetting nodes: [NodeID]) {
        level = frame.level
        count = frame.count
        outer = frame.outer
        keptOuter = frame.outer
        membership = frame.membership
        elements = frame.elements
        edges = frame.edges
        slots = frame.slots
        values = frame.values.filter { !nodes.contains($0.node) }
    }

    subscript(_ node: NodeID) -> Evaluated? {
        get {
            for index in values.indices where values[index].node == node { return values[index].value }
            return nil
        }
        set {
            let place = values.firstIndex { $0.node == node }
            switch (place, newValue) {
            case (let place?, let value?): values[place].value = value
            case (let place?, nil): values.remove(at: place)
            case (nil, let value?):
                if values.isEmpty { values.reserveCapacity(8) }
                values.append((node, value))
            case (nil, nil): break
            }
        }
    }

    /// This frame or the one around it that has the level.
    func at(level wanted: Int) -> Frame {
        var frame = self
        while frame.level != wanted, let outer = frame.outer { frame = outer }
        precondition(frame.level == wanted)
        return frame
    }

    /// For each row the row of a frame further out that it belongs to; -1 for elements that are in no row's set.
    func parents(upTo ancestor: Frame) -> Buffer<Int32> {
        if let known = parentsByLevel[ancestor.level] { return known }
        guard let membership, let outer else { return .counting(from: 0, to: count) }
        let own = membership.parents
        let parents = outer === ancestor ? own : own.composed(with: outer.parents(upTo: ancestor))
        parentsByLevel[ancestor.level] = parents
        return parents
    }

    /// The frame of the elements of a set that was evaluated here, made at the first use. It lives as long as this frame does.
    func elementFrame(of node: NodeID, level: Int, make: () -> Frame) -> Frame {
        if let known = elementFrames[node], known.level == level { return known }
        let frame = make()
        frame.keptOuter = nil
        elementFrames[node] = frame
        return frame
    }
}
