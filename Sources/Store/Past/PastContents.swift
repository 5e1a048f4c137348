import Columns
import Synchronization
import Types

/// The contents of a store as they were at the end of a day, made of those of today when they are asked for.
///
/// Records keep their rows, so that answers of different days speak of the same ones. Links neither lead from nor to a record that came to
/// be later. Dates after the day are missing, and fields with a history have the value that they had.
final class PastContents: StoreContents {
    let present: Store
    private let day: Int32
    private let today: Int32
    private let existing = Mutex<[EntityID: Bitmap?]>([:])
    private let vectors = Mutex<[FieldID: Vector]>([:])
    private let indexes = Mutex<[LinkID: LinkIndex]>([:])

    init(_ present: Store, day: Int32, today: Int32) {
        self.present = present
        self.day = day
        self.today = today
    }

    private var schema: Schema { present.schema }

    var past: PastContents? { self }

    var failure: SnapshotError? { present.failure }

    /// A bit for each record that was there; none where all were.
    func existing(_ entity: EntityID) -> Bitmap? {
        guard let time = schema[entity].time else { return nil }
        return existing.remembering(entity) { present.vector(FieldID(entity, time)).notAfter(day) }
    }

    func loaded(_ field: FieldID) -> Vector? { vectors.withLock { $0[field] } }
    func loaded(_ link: LinkID) -> LinkIndex? { indexes.withLock { $0[link] } }

    // MARK: Fields

    /// How the values of a field differ from today's.
    private enum Change {
        case none, laterMoments
        case history(FieldHistory)
    }

    private func change(of field: FieldID) -> Change {
        let described = schema[field]
        if let history = described.history { return .history(history) }
        guard described.type == .date || described.type == .time, schema[field.entity].time != field.index else { return .none }
        // Where values lie in the future even today, they are plans, and plans are not made on the day that they are about.
        return present.vector(field).goesBeyond(today) ? .none : .laterMoments
    }

    func vector(_ field: FieldID) -> Vector {
        vectors.remembering(field) {
            switch change(of: field) {
            case .none: present.vector(field)
            case .laterMoments: present.vector(field).withoutMoments(after: day)
            case .history(let history): value(of: field, by: history)
            }
        }
    }

    /// The value after the last change up to the day; before the first change the value that it replaced, if that is known. A record that
    /// never changed has the value that it has today.
    private func value(of field: FieldID, by history: FieldHistory) -> Vector {
        let now = present.vector(field)
        guard case .one(let records) = present.index(of: history.record),
            let moments = present.vector(history.time).instants()
        else { return now }
        let times = present.vector(history.time)
        let end = (Int64(day) + 1) * Calendar.microsecondsPerDay
        // The change that counts for each record, and the first of all.
        var latest = [Int32](repeating: -1, count: now.count)
        var first = latest
        for change in 0..<records.count where records[change] >= 0 && times.isPresent(change) {
            let record = Int(records[change])
            // Of two changes at one moment the one that stands later counts.
            if moments[change] < end, latest[record] < 0 || moments[change] >= moments[Int(latest[record])] {
                latest[record] = Int32(change)
            }
            if first[record] < 0 || moments[change] < moments[Int(first[record])] { first[record] = Int32(change) }
        }
        var parts = [now, present.vector(history.value)]
        if let earlier = history.earlier { parts.append(present.vector(earlier)) }
        let origin = now.count
        let rows = latest.indices.map { record -> Int32 in
            if latest[record] >= 0 { return Int32(origin) + latest[record] }
            if first[record] < 0 { return Int32(record) }
            return history.earlier == nil ? -1 : Int32(origin + records.count) + first[record]
        }
        return Vector.concatenated(parts, type: schema[field].type).gathered(Buffer(rows))
    }

    func values(of field: FieldID, at rows: Buffer<Int32>) -> Vector? {
        if case .none = change(of: field) { return present.contents.values(of: field, at: rows) }
        return nil
    }

    func rows(where field: FieldID, equals text: String) -> [Int32]? {
        guard case .none = change(of: field), let rows = present.rows(where: field, equals: text) else { return nil }
        return rows.array.filter { exists($0, in: field.entity) }
    }

    func exists(_ row: Int32, in entity: EntityID) -> Bool { existing(entity)?[Int(row)] ?? true }

    func occurs(_ text: String, in field: FieldID) -> Bool? {
        if case .history = change(of: field) { return nil }
        return present.occurs(text, in: field)
    }

    // MARK: Links

    /// Whether a link is what it is today.
    private func isUnchanged(_ link: Link) -> Bool {
        guard existing(link.from) == nil, existing(link.to) == nil else { return false }
        switch link.origin {
        case .key(let field), .label(let field): return schema[field].history == nil
        case .inverse(let forward): return isUnchanged(schema[forward])
        case .pairs(_, let near, let far, _): return isUnchanged(schema[near]) && isUnchanged(schema[far])
        }
    }

    func index(of link: LinkID) -> LinkIndex {
        let described = schema[link]
        if isUnchanged(described) { return present.index(of: link) }
        return indexes.remembering(link) {
            switch described.origin {
            case .key, .label: .one(targets(of: described))
            case .inverse(let forward):
                many(inverted(targets(of: schema[forward]), targetCount: schema[described.from].rowCount))
            case .pairs(_, let near, let far, let bothWays):
                PairIndex.make(
                    near: targets(of: schema[near]), far: targets(of: schema[far]), nearCount: schema[described.from].rowCount,
                    bothWays: bothWays)
            }
        }
    }

    private func many(_ way: (Segments, Buffer<Int32>)) -> LinkIndex { .many(way.0, rows: way.1, edges: nil) }

    /// Where a to-one link leads.
    private func targets(of link: Link) -> Buffer<Int32> {
        let rows: Buffer<Int32>
        if case .key(let field) = link.origin, schema[field].history != nil {
            rows = resolved(field, link)
        } else if case .label(let field) = link.origin, schema[field].history != nil {
            rows = resolved(field, link)
        } else if case .one(let targets) = present.index(of: link.id) {
            rows = targets
        } else {
            preconditionFailure("a link to one record is stored as such")
        }
        return rows.keeping(existing(link.from), leadingTo: existing(link.to))
    }

    /// Where the values lead that a field had then.
    private func resolved(_ field: FieldID, _ link: Link) -> Buffer<Int32> {
        let target = schema[link.to]
        let names = [target.key, target.label].map { $0.map { present.vector(FieldID(link.to, $0)) } }
        return ReferenceFinder(key: names[0], label: names[1]).resolve(vector(field)).rows
    }

    func targets(of link: LinkID, from rows: Buffer<Int32>) -> Buffer<Int32>? {
        isUnchanged(schema[link]) ? present.contents.targets(of: link, from: rows) : nil
    }

    func members(of link: LinkID, from rows: Buffer<Int32>) -> (Segments, rows: Buffer<Int32>, edges: Buffer<Int32>?)? {
        isUnchanged(schema[link]) ? present.contents.members(of: link, from: rows) : nil
    }
}

extension Mutex {
    /// What is kept under a key, made where it is not there yet. It is made outside of the lock: making it may ask for others, and where
    /// two threads make the same, either serves.
    fileprivate borrowing func remembering<Key: Hashable & Sendable, Kept: Sendable>(_ key: Key, make: () -> Kept) -> Kept
    where Value == [Key: Kept] {
        if let found = withLock({ $0[key] }) { return found }
        let made = make()
        withLock { $0[key] = made }
        return made
    }
}
