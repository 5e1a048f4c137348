/// A prompt that may hold colour escapes (`ESC [ … m`).
struct StyledPrompt: Equatable {
    private static let escape: Unicode.Scalar = "\u{1B}"
    /// Encloses what takes no room on the screen, for libedit (EL_PROMPT_ESC).
    static let marker: Unicode.Scalar = "\u{01}"

    /// The text without escapes.
    let plain: String
    /// The text with each run of escapes between markers.
    let marked: String

    init(_ text: String) {
        var plain = String.UnicodeScalarView()
        var marked = String.UnicodeScalarView()
        var inEscape = false
        var followsEscape = false
        for scalar in text.unicodeScalars {
            if scalar == Self.escape {
                if followsEscape { marked.removeLast() } else { marked.append(Self.marker) }
                inEscape = true
                followsEscape = false
            }
            marked.append(scalar)
            if !inEscape {
                plain.append(scalar)
                followsEscape = false
            } else if scalar.properties.isAlphabetic {
                marked.append(Self.marker)
                inEscape = false
                followsEscape = true
            }
        }
        if inEscape { marked.append(Self.marker) }
        // libedit attaches an escape to the character after it, and drops one at the very end.
        if inEscape || followsEscape {
            marked.append(" ")
            plain.append(" ")
        }
        self.plain = String(plain)
        self.marked = String(marked)
    }
}
