import Columns
import Synchronization
import Types

/// The indexes of a store by which records are found by name, each built when it is first needed: a store that is opened for one
/// question should not pay for the others.
final class RecordFinders: Sendable {
    private let finders = Mutex<[EntityID: ReferenceFinder]>([:])
    /// How often each entity was asked for a key.
    private let questions = Mutex<[EntityID: Int]>([:])
    /// So many look-ups row by row take about as long as building the index.
    private static let patience = 8

    /// Whether so many keys were looked for that an index pays.
    func isWorthAnIndex(_ entity: EntityID) -> Bool {
        questions.withLock { questions in
            questions[entity, default: 0] += 1
            return questions[entity, default: 0] > Self.patience
        }
    }

    /// The finder of an entity; `make` is called once at most while no other thread asks.
    func finder(_ entity: EntityID, make: () -> ReferenceFinder) -> ReferenceFinder {
        if let found = finders.withLock({ $0[entity] }) { return found }
        // Made outside the lock: two threads may both make it, and either result serves.
        let made = make()
        return finders.withLock { finders in
            if let found = finders[entity] { return found }
            finders[entity] = made
            return made
        }
    }
}
