/// A grid of braille characters, two dots wide and four dots high each.
struct BrailleCanvas {
    let width: Int
    let height: Int
    private var dots: [UInt8]
    /// The series that a cell was drawn for last.
    private(set) var owners: [Int?]

    init(width: Int, height: Int) {
        self.width = width
        self.height = height
        dots = Array(repeating: 0, count: width * height)
        owners = Array(repeating: nil, count: width * height)
    }

    private static let bits: [[UInt8]] = [[0x01, 0x08], [0x02, 0x10], [0x04, 0x20], [0x40, 0x80]]

    /// Sets the dot nearest to a point whose coordinates run from 0 to 1, upwards.
    private mutating func set(_ x: Int, _ y: Int, _ owner: Int) {
        guard x >= 0, y >= 0, x < width * 2, y < height * 4 else { return }
        let row = height * 4 - 1 - y
        let cell = row / 4 * width + x / 2
        dots[cell] |= Self.bits[row % 4][x % 2]
        owners[cell] = owner
    }

    /// Draws a line between two points whose coordinates run from 0 to 1, upwards.
    mutating func line(from: ChartLayout.Point, to: ChartLayout.Point, owner: Int) {
        let (right, top) = (Double(width * 2 - 1), Double(height * 4 - 1))
        let (x0, y0, x1, y1) = (from.x * right, from.y * top, to.x * right, to.y * top)
        let steps = max(1, Int(max(abs(x1 - x0), abs(y1 - y0)).rounded(.up)))
        for step in 0...steps {
            let part = Double(step) / Double(steps)
            set(Int((x0 + (x1 - x0) * part).rounded()), Int((y0 + (y1 - y0) * part).rounded()), owner)
        }
    }

    /// The cell in which a point lies.
    func cell(_ point: ChartLayout.Point) -> (column: Int, row: Int) {
        let x = Int((point.x * Double(width * 2 - 1)).rounded()) / 2
        let y = Int((point.y * Double(height * 4 - 1)).rounded()) / 4
        return (min(max(x, 0), width - 1), height - 1 - min(max(y, 0), height - 1))
    }

    func character(_ column: Int, _ row: Int) -> Character? {
        let bits = dots[row * width + column]
        return bits == 0 ? nil : Character(Unicode.Scalar(0x2800 + UInt32(bits))!)
    }
}
