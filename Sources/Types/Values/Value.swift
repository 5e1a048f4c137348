/// One value on its own: a literal, a parameter, or a cell that is looked at singly. Columns never hold these row by row.
///
/// Equality is that of the representation, for comparing plans; `1` and `1.0` differ here, though not in the language.
public indirect enum Value: Hashable, Sendable {
    case none
    case text(String)
    case number(Number)
    case bool(Bool)
    /// Days since 1970-01-01.
    case date(Int32)
    /// Microseconds since 1970-01-01T00:00Z.
    case time(Int64)
    case duration(Duration)
    case period(Period)
    case record(EntityID, row: Int32)
    case set(EntityID, rows: [Int32])
    case list([Value])
    /// Rows of a nested answer, one value a column.
    case table([ValueType.TableColumn], rows: [[Value]])
}
