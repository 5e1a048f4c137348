/// The ways in which data writes dates. `03/04/2026` is a day of March or of April depending on the format, so a loader decides on one
/// for a whole column: by the values that only one of them allows.
public enum DateFormat: Int, CaseIterable, Sendable {
    /// `2026-06-30`, as ISO 8601.
    case yearMonthDay
    /// `2026/06/30` or `2026/6/30`.
    case yearMonthDaySlashes
    /// `30.06.2026` or `30.6.2026`.
    case dayMonthYearDots
    /// `06/30/2026` or `6/30/2026`.
    case monthDayYearSlashes
    /// `30/06/2026` or `30/6/2026`.
    case dayMonthYearSlashes
    /// `30-06-2026`.
    case dayMonthYearDashes
    /// `30 Jun 2026` or `30 June 2026`, also with hyphens.
    case dayMonthNameYear
    /// `Jun 30, 2026` or `June 30 2026`.
    case monthNameDayYear
}
