import CLibEdit

#if canImport(Darwin)
    import Darwin
#else
    import Glibc
#endif

/// Widths as libedit counts them, scalar by scalar through `wcwidth`: what matters here is to agree with the program that draws
/// the line, also where both disagree with the terminal (joined emoji).
enum EditorWidth {
    static func of(_ scalar: Unicode.Scalar) -> Int {
        if scalar.isASCII { return scalar.value >= 0x20 && scalar.value != 0x7F ? 1 : 2 }
        return max(0, Int(crmq_column_width(wchar_t(bitPattern: scalar.value))))
    }

    static func of(_ text: some StringProtocol) -> Int {
        text.unicodeScalars.reduce(0) { $0 + of($1) }
    }

    /// The text cut to a width, with an ellipsis where something was left out.
    static func truncate(_ text: String, to width: Int) -> String {
        guard of(text) > width else { return text }
        guard width > 0 else { return "" }
        var kept = String.UnicodeScalarView()
        var used = 0
        for scalar in text.unicodeScalars {
            used += of(scalar)
            if used > width - 1 { break }
            kept.append(scalar)
        }
        return String(kept) + "…"
    }

    static func pad(_ text: String, to width: Int) -> String {
        text + String(repeating: " ", count: max(0, width - of(text)))
    }
}

extension wchar_t {
    /// On Linux wide characters are signed; Unicode scalars fit either way.
    init(bitPattern value: UInt32) {
        self = wchar_t(truncatingIfNeeded: value)
    }
}

/// Where a text and its cursor stand on the screen when libedit draws them after a prompt.
struct InputLayout: Equatable {
    var cursorRow = 0
    var cursorColumn = 0
    var lastRow = 0
    var lastColumn = 0

    init(prompt: String, text: [Unicode.Scalar], cursor: Int, columns: Int) {
        var row = 0
        var column = 0
        func advance(_ width: Int) {
            // A wide character that does not fit goes to the next row whole; a full row is followed by a new one at once.
            if column + width > columns {
                row += 1
                column = 0
            }
            column += width
            if column >= columns {
                row += 1
                column = 0
            }
        }
        func place(_ scalar: Unicode.Scalar) {
            switch scalar {
            case "\n":
                row += 1
                column = 0
            case "\t":
                repeat { advance(1) } while column % 8 != 0
            default:
                advance(EditorWidth.of(scalar))
            }
        }
        for scalar in prompt.unicodeScalars { place(scalar) }
        for (index, scalar) in text.enumerated() {
            if index == cursor {
                cursorRow = row
                cursorColumn = column
            }
            place(scalar)
        }
        if cursor >= text.count {
            cursorRow = row
            cursorColumn = column
        }
        lastRow = row
        lastColumn = column
    }
}
