import Syntax
import Types

/// Integers at the narrowest width that holds them all.
public enum Integers: Sendable {
    case int8(Buffer<Int8>)
    case int16(Buffer<Int16>)
    case int32(Buffer<Int32>)
    case int64(Buffer<Int64>)
}

/// Dictionary codes at the narrowest width.
public enum Codes: Sendable {
    case uint8(Buffer<UInt8>)
    case uint16(Buffer<UInt16>)
    case uint32(Buffer<UInt32>)
}

/// For each row, a run of elements: row `i` has the elements `offsets[i]..<offsets[i + 1]`.
public struct Segments: Sendable {
    /// One more than there are rows; ascending, from 0.
    public let offsets: Buffer<Int32>
    public init(offsets: Buffer<Int32>) {
        precondition(offsets.count >= 1)
        self.offsets = offsets
    }
    public var count: Int { offsets.count - 1 }
    public var elementCount: Int { Int(offsets[offsets.count - 1]) }
}

/// A column of values of one type: a stored column of an entity, or what an expression gives for a batch of rows.
///
/// The value at a row whose validity bit is 0 is missing, and what the storage holds there means nothing. Sets, lists and tables are
/// never missing: they are empty.
public struct Vector: Sendable {
    public indirect enum Storage: Sendable {
        /// Every value is missing.
        case none
        case bool(Bitmap)
        /// Exact numbers: `units / 10^scale`.
        case decimal(Integers, scale: Int)
        case double(Buffer<Double>)
        case coded(Codes, TextDictionary)
        case text(TextStorage)
        /// Texts of one form, such as ids, by their numbers; none is negative.
        case numbered(Integers, NumberedForm)
        /// Days since 1970-01-01.
        case date(Buffer<Int32>)
        /// Microseconds since 1970-01-01T00:00Z.
        case time(Buffer<Int64>)
        case duration(months: Buffer<Int32>, microseconds: Buffer<Int64>)
        case period(CalendarUnit, Buffer<Int32>)
        /// Rows of an entity; -1 is none, and there is no validity bitmap.
        case record(EntityID, Buffer<Int32>)
        /// Rows of an entity, each once within a segment.
        case set(EntityID, Segments, Buffer<Int32>)
        case list(Segments, Vector)
        /// The columns have as many rows as the segments have elements.
        case table(Segments, [(name: String, values: Vector)])
    }

    public let count: Int
    public let storage: Storage
    /// None where no value is missing.
    public let validity: Bitmap?
    /// Whether the values are known to ascend, with none missing, as times do in a log that was exported in its order. Kernels then look
    /// for the few places where something changes, rather than at every row. Only dates, times and periods are looked at for it.
    public let ascends: Bool

    public init(count: Int, _ storage: Storage, validity: Bitmap? = nil) {
        self.init(count: count, storage, validity: validity, ascends: false)
    }

    init(count: Int, _ storage: Storage, validity: Bitmap?, ascends: Bool) {
        self.count = count
        self.storage = storage
        self.validity = validity
        self.ascends = ascends
    }

    public static func missing(count: Int) -> Vector { Vector(count: count, .none) }

    /// Whether the value at a row is there.
    public func isPresent(_ row: Int) -> Bool {
        switch storage {
        case .none: false
        case .record(_, let rows): rows[row] >= 0
        default: validity?[row] ?? true
        }
    }
}
