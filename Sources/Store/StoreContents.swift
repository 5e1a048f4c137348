import Columns
import Types

/// Where a store's values and links come from: from memory, where they were loaded to, or from a snapshot, which reads what is asked for.
protocol StoreContents: Sendable {
    /// Itself, where it is what was there on an earlier day.
    var past: PastContents? { get }

    func vector(_ field: FieldID) -> Vector
    func index(of link: LinkID) -> LinkIndex

    /// A column or a link that is there already; none where it would have to be read or made first.
    func loaded(_ field: FieldID) -> Vector?
    func loaded(_ link: LinkID) -> LinkIndex?

    /// The values at a few rows, of which -1 gives a missing one; none where it is better to have the whole column.
    func values(of field: FieldID, at rows: Buffer<Int32>) -> Vector?
    /// Where a to-one link leads from a few rows; none where it is better to have the whole link.
    func targets(of link: LinkID, from rows: Buffer<Int32>) -> Buffer<Int32>?
    /// Where a link to many leads from a few rows: the records of each in turn; none where it is better to have the whole link.
    func members(of link: LinkID, from rows: Buffer<Int32>) -> (Segments, rows: Buffer<Int32>, edges: Buffer<Int32>?)?
    /// The rows whose text is a given one, ascending; none where there is no index of the field.
    func rows(where field: FieldID, equals text: String) -> [Int32]?

    /// Whether a text occurs in a text field; none where only looking at every row would tell.
    func occurs(_ text: String, in field: FieldID) -> Bool?

    /// What made a read fail. What was read then is empty, and no answer that may rest on it is to be shown.
    var failure: SnapshotError? { get }
}

/// Values and links in memory.
struct LoadedContents: StoreContents {
    let columns: [[Vector]]
    let linkIndexes: [LinkIndex]

    init(columns: [[Vector]], linkIndexes: [LinkIndex]) {
        self.columns = columns.map { $0.map { $0.notingOrder() } }
        self.linkIndexes = linkIndexes
    }

    var past: PastContents? { nil }

    func vector(_ field: FieldID) -> Vector { columns[field.entity.index][field.index] }
    func index(of link: LinkID) -> LinkIndex { linkIndexes[link.index] }
    func loaded(_ field: FieldID) -> Vector? { vector(field) }
    func loaded(_ link: LinkID) -> LinkIndex? { index(of: link) }
    func values(of field: FieldID, at rows: Buffer<Int32>) -> Vector? { nil }
    func targets(of link: LinkID, from rows: Buffer<Int32>) -> Buffer<Int32>? { nil }
    func members(of link: LinkID, from rows: Buffer<Int32>) -> (Segments, rows: Buffer<Int32>, edges: Buffer<Int32>?)? { nil }
    func rows(where field: FieldID, equals text: String) -> [Int32]? { nil }
    var failure: SnapshotError? { nil }

    func occurs(_ text: String, in field: FieldID) -> Bool? { vector(field).hasEntry(text) }
}

extension Vector {
    /// Whether a text is in the dictionary; none where there is none to look in.
    func hasEntry(_ text: String) -> Bool? {
        switch storage {
        case .coded(_, let dictionary): dictionary.position(of: text) != nil
        case .numbered(_, let form): form.number(of: text) == nil ? false : nil
        case .none: false
        default: nil
        }
    }
}
