import Columns
import Synchronization
import Types

/// The pasts of a store that were asked for last: people ask more than one question about a day.
final class KnownPasts: Sendable {
    private let stores = Mutex<[(day: Int32, today: Int32, store: Store)]>([])
    /// Two days are compared; more would hold memory for links of which nobody may ask again.
    private static let limit = 2

    func store(_ day: Int32, _ today: Int32, make: () -> Store) -> Store {
        if let known = stores.withLock({ $0.first { $0.day == day && $0.today == today }?.store }) { return known }
        let made = make()
        stores.withLock { stores in
            if stores.count == Self.limit { stores.removeFirst() }
            stores.append((day, today, made))
        }
        return made
    }
}

extension Store {
    /// The data as they were at the end of a day, in O(1); what a question asks for is made then, in O(rows) of its fields and links, and
    /// kept for the next question about that day.
    ///
    /// Records keep their rows, those that came to be later included, and `schema` still counts these: whoever goes over all records of an
    /// entity leaves out those that do not `exist`. A date field with values after `today` holds plans and stays as it is.
    public func past(_ day: Int32, today: Int32) -> Store {
        pasts.store(day, today) {
            Store(
                schema: schema, contents: PastContents(self, day: day, today: today), problems: problems, suggestions: suggestions
            )
        }
    }

    public func asOf(_ day: Int32, today: Int32) -> any Catalogue { past(day, today: today) }

    public func exists(_ row: Int32, in entity: EntityID) -> Bool {
        contents.past?.exists(row, in: entity) ?? true
    }
}
