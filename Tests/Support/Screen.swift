/// What a terminal would show: as much of a VT100 as libedit, pagers and our own output use. Lines that scroll off the top stay in
/// `scrollback`.
public struct Screen {
    public let columns: Int
    public let rows: Int
    public private(set) var cursorRow = 0
    public private(set) var cursorColumn = 0
    public private(set) var scrollback: [String] = []
    /// Whether the program asked for pastes to be marked.
    public private(set) var marksPastes = false

    private var cells: [[Character]]
    private var pending: [UInt8] = []
    /// The last column was written; only the next character wraps.
    private var wrapsNext = false

    /// Takes the place of the second column of a wide character.
    private static let filler: Character = "\u{0}"

    public init(columns: Int, rows: Int) {
        self.columns = columns
        self.rows = rows
        cells = Array(repeating: Array(repeating: " ", count: columns), count: rows)
    }

    /// The lines from the top, without white space at their ends and without empty lines at the bottom.
    public var lines: [String] {
        var lines = cells.map(Self.text)
        while lines.last == "" { lines.removeLast() }
        return lines
    }

    public var text: String { lines.joined(separator: "\n") }

    /// The line with the cursor.
    public var currentLine: String { Self.text(cells[cursorRow]) }

    private static func text(_ row: [Character]) -> String {
        var line = String(row.filter { $0 != filler })
        while line.last == " " { line.removeLast() }
        return line
    }

    public mutating func feed(_ bytes: some Sequence<UInt8>) {
        pending += bytes
        while let length = unitLength() {
            let unit = Array(pending[..<length])
            pending.removeFirst(length)
            show(unit)
        }
    }

    /// The length of the character or escape sequence at the front, if it has arrived whole.
    private func unitLength() -> Int? {
        guard let first = pending.first else { return nil }
        if first == 0x1B {
            guard pending.count > 1 else { return nil }
            guard pending[1] == UInt8(ascii: "[") else {
                let takesOneMore = "()*+#".utf8.contains(pending[1])
                return pending.count >= (takesOneMore ? 3 : 2) ? (takesOneMore ? 3 : 2) : nil
            }
            return pending.dropFirst(2).firstIndex { (0x40...0x7E).contains($0) }.map { $0 + 1 }
        }
        let length = first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : first >= 0xC0 ? 2 : 1
        return pending.count >= length ? length : nil
    }

    private mutating func show(_ unit: [UInt8]) {
        switch unit[0] {
        case 0x1B: escape(unit)
        case 0x0D: moveCursor(row: cursorRow, column: 0)
        case 0x0A: lineFeed()
        case 0x08: moveCursor(row: cursorRow, column: cursorColumn - 1)
        case 0x09: moveCursor(row: cursorRow, column: (cursorColumn / 8 + 1) * 8)
        case 0..<0x20, 0x7F: break
        default:
            for character in String(decoding: unit, as: UTF8.self) { put(character) }
        }
    }

    private mutating func put(_ character: Character) {
        let width = Self.width(character)
        if wrapsNext || cursorColumn + width > columns {
            lineFeed()
            cursorColumn = 0
            wrapsNext = false
        }
        cells[cursorRow][cursorColumn] = character
        if width == 2 { cells[cursorRow][cursorColumn + 1] = Self.filler }
        cursorColumn += width
        if cursorColumn >= columns {
            cursorColumn = columns - 1
            wrapsNext = true
        }
    }

    /// East Asian wide characters and emoji, by their blocks: enough for what the tests type.
    private static func width(_ character: Character) -> Int {
        guard let value = character.unicodeScalars.first?.value else { return 0 }
        let isWide =
            (0x1100...0x115F).contains(value) || (0x2E80...0xA4CF).contains(value) || (0xAC00...0xD7A3).contains(value)
            || (0xF900...0xFAFF).contains(value) || (0xFF00...0xFF60).contains(value) || (0x1F300...0x1FAFF).contains(value)
        return isWide ? 2 : 1
    }

    private mutating func lineFeed() {
        wrapsNext = false
        if cursorRow + 1 < rows {
            cursorRow += 1
        } else {
            scrollback.append(Self.text(cells.removeFirst()))
            cells.append(Array(repeating: " ", count: columns))
        }
    }

    private mutating func moveCursor(row: Int, column: Int) {
        wrapsNext = false
        cursorRow = min(max(row, 0), rows - 1)
        cursorColumn = min(max(column, 0), columns - 1)
    }

    private mutating func escape(_ unit: [UInt8]) {
        guard unit[1] == UInt8(ascii: "[") else {
            if unit[1] == UInt8(ascii: "M") { moveCursor(row: cursorRow - 1, column: cursorColumn) }
            return
        }
        let body = String(decoding: unit[2..<unit.count - 1], as: UTF8.self)
        if body.hasPrefix("?") {
            if body == "?2004" { marksPastes = unit.last == UInt8(ascii: "h") }
            return
        }
        control(Character(Unicode.Scalar(unit[unit.count - 1])), body.split(separator: ";").map { Int($0) ?? 0 })
    }

    private mutating func control(_ command: Character, _ parameters: [Int]) {
        let first = parameters.first ?? 0
        let count = max(first, 1)
        switch command {
        case "A": moveCursor(row: cursorRow - count, column: cursorColumn)
        case "B": moveCursor(row: cursorRow + count, column: cursorColumn)
        case "C": moveCursor(row: cursorRow, column: cursorColumn + count)
        case "D": moveCursor(row: cursorRow, column: cursorColumn - count)
        case "G": moveCursor(row: cursorRow, column: count - 1)
        case "d": moveCursor(row: count - 1, column: cursorColumn)
        case "H", "f": moveCursor(row: count - 1, column: (parameters.dropFirst().first ?? 1) - 1)
        case "K": eraseLine(first)
        case "J": eraseScreen(first)
        case "P":
            let count = min(count, columns - cursorColumn)
            cells[cursorRow].removeSubrange(cursorColumn..<cursorColumn + count)
            cells[cursorRow] += Array(repeating: " ", count: count)
        case "@":
            let count = min(count, columns - cursorColumn)
            cells[cursorRow].insert(contentsOf: Array(repeating: " ", count: count), at: cursorColumn)
            cells[cursorRow].removeLast(count)
        case "X":
            blank(cursorRow, cursorColumn..<min(cursorColumn + count, columns))
        default: break
        }
    }

    private mutating func blank(_ row: Int, _ range: Range<Int>) {
        for column in range { cells[row][column] = " " }
    }

    private mutating func eraseLine(_ mode: Int) {
        blank(cursorRow, mode == 0 ? cursorColumn..<columns : mode == 1 ? 0..<cursorColumn + 1 : 0..<columns)
    }

    private mutating func eraseScreen(_ mode: Int) {
        if mode != 2 { eraseLine(mode) }
        let others = mode == 0 ? cursorRow + 1..<rows : mode == 1 ? 0..<cursorRow : 0..<rows
        for row in others { blank(row, 0..<columns) }
    }
}
