import Columns
import Synchronization
import Types

/// The indexes of a store by which records are found by name, each built when it is first needed: a store that is opened for one
/// question should not pay for the others.
final class RecordFinders: Sendable {
    private let finders = Mutex<[EntityID: ReferenceFinder]>([:])

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
