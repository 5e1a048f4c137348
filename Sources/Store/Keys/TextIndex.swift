import Columns
import Synchronization
import Types

/// Finds the rows of a column of plain texts that have a certain one: open addressing over the different texts, and from each row to the
/// next that has the same.
///
/// It consists of two buffers, so that a snapshot can keep it beside its column.
public struct TextIndex: Sendable {
    private let slots: KeySlots
    /// For each row the next one with its text, or -1; empty where no text repeats.
    public let nextRows: Buffer<Int32>

    /// O(bytes).
    public init(_ texts: TextStorage, isPresent: (Int) -> Bool) {
        var next: [Int32] = []
        // The last row of each chain, by its first, while it is built.
        var last: [Int: Int] = [:]
        slots = KeySlots(
            count: texts.count, hash: { isPresent($0) ? KeyHash.hash(texts.bytes(at: $0)) : nil },
            isSame: { KeyIndex.same(texts.bytes(at: $0), texts.bytes(at: $1)) },
            repeated: { first, again in
                if next.isEmpty { next = Array(repeating: -1, count: texts.count) }
                next[last[first] ?? first] = Int32(truncatingIfNeeded: again)
                last[first] = again
            })
        nextRows = Buffer(next)
    }

    /// An index that was built before, over the same column.
    public init(adopting slots: Buffer<UInt64>, nextRows: Buffer<Int32>) {
        self.slots = KeySlots(adopting: slots)
        self.nextRows = nextRows
    }

    /// The table, for keeping it.
    public var table: Buffer<UInt64> { slots.buffer }

    /// The rows with a text, ascending. O(1) and the rows found.
    public func rows(of wanted: UnsafeBufferPointer<UInt8>, in texts: TextStorage) -> [Int32] {
        let found = slots.find(KeyHash.hash(wanted)) { KeyIndex.same(texts.bytes(at: $0), wanted) }
        guard let first = found else { return [] }
        var rows = [Int32(truncatingIfNeeded: first)]
        var row = first
        while row < nextRows.count, nextRows[row] >= 0 {
            row = Int(nextRows[row])
            rows.append(Int32(truncatingIfNeeded: row))
        }
        return rows
    }
}

/// The text indexes of a store, each built when a field is asked for the second time: one question alone is answered sooner by looking at
/// every row.
final class TextIndexes: Sendable {
    private let indexes = Mutex<[FieldID: TextIndex]>([:])
    private let asked = Mutex<Set<FieldID>>([])

    /// The index of a field, if it is worth having; `make` may be called by two threads at once, and either result serves.
    func index(_ field: FieldID, make: () -> TextIndex) -> TextIndex? {
        if let found = indexes.withLock({ $0[field] }) { return found }
        if asked.withLock({ $0.insert(field).inserted }) { return nil }
        let made = make()
        indexes.withLock { $0[field] = made }
        return made
    }

    /// Takes over an index that was built before.
    func adopt(_ index: TextIndex, for field: FieldID) { indexes.withLock { $0[field] = index } }
}
