import CLibEdit

#if canImport(Darwin)
    import Darwin
#else
    import Glibc
#endif

/// A copy of libedit's buffer: scalars, because libedit counts in wide characters.
struct EditedLine: Equatable {
    var scalars: [Unicode.Scalar]
    var cursor: Int

    var text: String {
        var view = String.UnicodeScalarView()
        view.append(contentsOf: scalars)
        return String(view)
    }

    /// Where the line with the cursor begins.
    var lineStart: Int { (scalars[..<cursor].lastIndex(of: "\n") ?? -1) + 1 }

    /// Where the line with the cursor ends: at a newline or at the end of the text.
    var lineEnd: Int { scalars[cursor...].firstIndex(of: "\n") ?? scalars.count }

    var cursorUTF8Offset: Int { scalars[..<cursor].reduce(0) { $0 + UTF8.width($1) } }

    /// The scalar that begins at a UTF-8 offset; one past it where the offset lies inside a scalar.
    func scalarIndex(utf8Offset: Int) -> Int {
        var offset = 0
        for (index, scalar) in scalars.enumerated() {
            if offset >= utf8Offset { return index }
            offset += UTF8.width(scalar)
        }
        return scalars.count
    }

    /// Whether the text is more than one line and the last one holds nothing.
    var endsInBlankLine: Bool {
        guard let newline = scalars.lastIndex(of: "\n") else { return false }
        return scalars[newline...].allSatisfy { $0.properties.isWhitespace }
    }

    /// The white space with which the line of the cursor begins.
    var indentation: String {
        var view = String.UnicodeScalarView()
        view.append(contentsOf: scalars[lineStart..<cursor].prefix { $0 == " " || $0 == "\t" })
        return String(view)
    }
}

extension LibEditLineEditor {
    var line: EditedLine {
        guard let information = el_wline(editor)?.pointee, let start = information.buffer else {
            return EditedLine(scalars: [], cursor: 0)
        }
        let wide = UnsafeBufferPointer(start: start, count: information.lastchar - start)
        return EditedLine(
            scalars: wide.map { Unicode.Scalar(UInt32(truncatingIfNeeded: $0)) ?? "\u{FFFD}" },
            cursor: information.cursor - start)
    }

    /// Replaces part of the buffer and leaves the cursor behind what was inserted.
    func replace(_ range: Range<Int>, with text: String) {
        moveCursor(to: range.upperBound)
        el_deletestr(editor, Int32(range.count))
        let wide = text.unicodeScalars.filter { $0 != "\0" }.map { wchar_t(bitPattern: $0.value) }
        if !wide.isEmpty { el_winsertstr(editor, wide + [0]) }
    }

    func replaceLine(with text: String) {
        replace(0..<line.scalars.count, with: text)
    }

    func moveCursor(to index: Int) {
        el_cursor(editor, Int32(index) - el_cursor(editor, 0))
    }
}
