import Columns
import Synchronization

/// Which row each element of the rows' sets belongs to.
///
/// The elements either stand row by row (segments), or in an order of their own with the number of their row beside each (parents, -1
/// for elements that are in no row's set). The first is what following a link gives, the second what a scan of the far entity gives;
/// each is made from the other when it is asked for.
final class Membership {
    let rowCount: Int
    let elementCount: Int
    /// The segments, where elements stand row by row.
    let segments: Segments?
    /// Guarded, since workers share the sets of values that were computed for whole entities.
    private let knownParents: Mutex<Buffer<Int32>?>

    init(_ segments: Segments) {
        rowCount = segments.count
        elementCount = segments.elementCount
        self.segments = segments
        knownParents = Mutex(nil)
    }

    /// Elements in an order of their own.
    init(parents: Buffer<Int32>, rowCount: Int) {
        self.rowCount = rowCount
        elementCount = parents.count
        segments = nil
        knownParents = Mutex(parents)
    }

    /// For each element its row, or -1.
    var parents: Buffer<Int32> {
        knownParents.withLock { known in
            if let known { return known }
            let made = segments?.parents() ?? Buffer(repeating: -1, count: elementCount)
            known = made
            return made
        }
    }

    /// How many elements each row has.
    func counts() -> Buffer<Int32> { segments?.lengths() ?? parents.histogram(groupCount: rowCount) }

    /// Which rows have an element.
    func occupied() -> Bitmap { segments?.isOccupied() ?? parents.occurrences(domain: rowCount) }

    /// The membership of the elements whose bit is set, and their positions.
    func keeping(_ bits: Bitmap) -> (membership: Membership, positions: Buffer<Int32>) {
        if let segments {
            let kept = filtered(segments, keep: bits)
            return (Membership(kept.0), kept.selection)
        }
        let positions = bits.rows()
        return (Membership(parents: parents.picked(at: positions), rowCount: rowCount), positions)
    }
}
