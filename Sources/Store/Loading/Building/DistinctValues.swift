import Columns
import Synchronization

/// How many values of a column differ; missing ones are not counted. Counted when it is first asked for, since a table over millions of
/// values takes longer than reading them, and of most columns nobody wants to know.
public final class DistinctValues: Sendable {
    private let values: Vector
    private let known: Mutex<Int?>
    private let guessed: Mutex<Int?>

    /// `known` is their number where it came up in passing, `estimate` one that is near it.
    init(of values: Vector, known: Int? = nil, estimate: Int? = nil) {
        self.values = values
        self.known = Mutex(known)
        guessed = Mutex(estimate)
    }

    /// The exact number. O(rows) the first time.
    public var count: Int {
        known.withLock { known in
            if let known { return known }
            let count = DistinctCount.of(values)
            known = count
            return count
        }
    }

    /// The number, for many plain texts within about a hundredth of it.
    var estimate: Int { guessed.withLock { $0 } ?? count }
}
