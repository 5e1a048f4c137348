import Resolve

/// Some of a question's slots, as bits by their numbers: numbers are small, and the planner asks for such sets again and again.
public struct SlotSet: Sendable {
    private var low: UInt64 = 0
    /// From the 64th slot on, which few questions have.
    private var high: Set<SlotID> = []

    public init() {}

    public init(_ slots: some Sequence<SlotID>) { insert(contentsOf: slots) }

    public func contains(_ slot: SlotID) -> Bool {
        slot.index < 64 ? low & (1 &<< UInt64(slot.index)) != 0 : high.contains(slot)
    }

    public mutating func insert(_ slot: SlotID) {
        if slot.index < 64 { low |= 1 &<< UInt64(slot.index) } else { high.insert(slot) }
    }

    public mutating func insert(contentsOf slots: some Sequence<SlotID>) { for slot in slots { insert(slot) } }

    public mutating func formUnion(_ other: SlotSet) {
        low |= other.low
        if !other.high.isEmpty { high.formUnion(other.high) }
    }

    public var isEmpty: Bool { low == 0 && high.isEmpty }

    public func isSubset(of other: SlotSet) -> Bool { low & ~other.low == 0 && high.isSubset(of: other.high) }

    public func isDisjoint(with other: SlotSet) -> Bool { low & other.low == 0 && high.isDisjoint(with: other.high) }
}
