/// Words that stand for a missing value.
///
/// Nothing at all always does. `NULL`, `\N` and `#N/A` do in every column: exports write them for this only. Other words, such as
/// `N/A` or `-`, do where all other values of the column are numbers, dates or the like; among texts they are texts, so that the
/// region `NA` stays what it is.
enum MissingWords {
    /// Whether the bytes stand for a missing value even among texts.
    @inline(__always)
    static func alwaysMissing(_ p: UnsafePointer<UInt8>, _ n: Int) -> Bool {
        switch n {
        case 0: true
        case 2: p[0] == 0x5c && p[1] == 0x4e
        case 4:
            (p[0] == 0x4e && p[1] == 0x55 && p[2] == 0x4c && p[3] == 0x4c)
                || (p[0] == 0x23 && p[1] == 0x4e && p[2] == 0x2f && p[3] == 0x41)
        default: false
        }
    }

    private static let amongTyped: [StaticString] = [
        "-", "--", "?", ".", "n/a", "na", "#n/a", "#na", "null", "(null)", "<null>", "none", "nil", "nan", "\\n",
        "#null!", "#value!", "#ref!", "#div/0!", "#name?", "missing", "unknown", "undefined",
        "0000-00-00", "0000-00-00 00:00:00", "\u{2013}", "\u{2014}",
    ]

    /// Whether the bytes stand for a missing value among numbers, dates and the like; blanks do. Case is folded.
    static func missingAmongTyped(_ p: UnsafePointer<UInt8>, _ n: Int) -> Bool {
        let field = trimmed(p, n)
        if field.count == 0 { return true }
        guard field.count <= 20 else { return false }
        return amongTyped.contains { word in
            word.utf8CodeUnitCount == field.count
                && (0..<field.count).allSatisfy { index in
                    let byte = field[index]
                    let folded = byte >= 0x41 && byte <= 0x5a ? byte | 0x20 : byte
                    return folded == word.utf8Start[index]
                }
        }
    }

    /// Without the spaces and tabs (no-break ones too) at both ends.
    static func trimmed(_ p: UnsafePointer<UInt8>, _ n: Int) -> UnsafeBufferPointer<UInt8> {
        var lower = 0
        var upper = n
        while lower < upper {
            if p[lower] == 0x20 || p[lower] == 0x09 {
                lower += 1
            } else if lower + 1 < upper, p[lower] == 0xc2, p[lower + 1] == 0xa0 {
                lower += 2
            } else {
                break
            }
        }
        while upper > lower {
            if p[upper - 1] == 0x20 || p[upper - 1] == 0x09 {
                upper -= 1
            } else if upper - 1 > lower, p[upper - 2] == 0xc2, p[upper - 1] == 0xa0 {
                upper -= 2
            } else {
                break
            }
        }
        return UnsafeBufferPointer(start: p + lower, count: upper - lower)
    }
}
