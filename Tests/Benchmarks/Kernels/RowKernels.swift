import Columns
import Types

/// What goes through rows one after another: filters, arithmetic, calendars, texts, bitmaps.
func rowKernels(_ size: Size) -> [Kernel] {
    let count = size.rows
    return [
        filter("filter a whole number, \(size)", .greater, .number(.decimal(units: 500, scale: 0))) {
            Generated.wholeNumbers(count, below: 1000)
        },
        filter("filter a decimal, \(size)", .less, .number(.decimal(units: 50_000, scale: 0))) { Generated.amounts(count) },
        filter("filter a double, \(size)", .greaterOrEqual, .number(.double(500)), bytes: 8) { Generated.doubles(count) },
        filter("filter a date, \(size)", .less, .date(17_000)) { Generated.dates(count) },
        filter("filter a word, \(size)", .equal, .text("stage-100003"), bytes: 1) { Generated.codes(count, entries: 12) },
        Kernel("filter a list of words, \(size)") {
            let words = Generated.codes(count, entries: 5000)
            let list = (0..<40).map { Value.text("stage-\(100_000 + $0 * 97)") }
            return Prepared(rows: count, floor: .read(bytes: count * 2)) { use(isMember(.vector(words), of: list, count: count)) }
        },
        Kernel("subtract decimals, \(size)") {
            let (left, right) = (Generated.amounts(count), Generated.amounts(count, seed: 20))
            return Prepared(rows: count, floor: .copy(bytes: count * 8)) {
                use(arithmetic(.subtract, .vector(left), .vector(right), count: count))
            }
        },
        Kernel("multiply doubles, \(size)") {
            let (left, right) = (Generated.doubles(count), Generated.doubles(count, seed: 21))
            return Prepared(rows: count, floor: .copy(bytes: count * 12)) {
                use(arithmetic(.multiply, .vector(left), .vector(right), count: count))
            }
        },
        Kernel("month of a date, \(size)") {
            let dates = Generated.dates(count)
            return Prepared(rows: count, floor: .copy(bytes: count * 4)) { use(periodOf(.month, .vector(dates), count: count)) }
        },
        Kernel("search in texts, \(size)") {
            let texts = Generated.subjects(count)
            let search = Operand.constant(.text("pricing"))
            return Prepared(rows: count, floor: .read(bytes: byteCount(texts))) {
                use(contains(.vector(texts), search, count: count))
            }
        },
        Kernel("bits to rows, \(size)") {
            let bits = Bitmap(Generated.integers(count, below: 4).map { $0 == 0 })
            return Prepared(rows: count, floor: .copy(bytes: count / 8 + count / 4 * 4)) { use(bits.rows()) }
        },
        Kernel("is each row in a bitmap, \(size)") {
            let rows = Generated.integers(count, below: count)
            let bits = Bitmap(Generated.integers(count, below: 4, seed: 22).map { $0 == 0 })
            let list = Buffer(rows)
            // A word of the bitmap holds 64 rows, and the table of the floor has 32 bits a place.
            let places = rows.map { $0 / 32 }
            return Prepared(rows: count, floor: .gather(places: places, tableRows: count / 32 + 1)) { use(bits.contains(list)) }
        },
    ]
}

private func filter(
    _ name: String, _ comparison: Comparison, _ value: Value, bytes: Int = 4, _ values: @escaping () -> Vector
) -> Kernel {
    Kernel(name) {
        let values = values()
        return Prepared(rows: values.count, floor: .read(bytes: values.count * bytes)) {
            use(compare(comparison, .vector(values), .constant(value), count: values.count))
        }
    }
}

/// How many bytes plain texts have together.
func byteCount(_ texts: Vector) -> Int {
    guard case .text(let storage) = texts.storage else { return 0 }
    return Int(storage.offsets[texts.count])
}
