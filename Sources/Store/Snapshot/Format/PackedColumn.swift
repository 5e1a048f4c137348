import Columns
import Types

/// A column as it stands in the file.
struct PackedColumn: Sendable {
    enum Values: Sendable {
        /// Every value is missing.
        case missing
        case bool(Extent)
        /// Units of as many bytes, in place.
        case decimal(width: Int, scale: Int, Extent)
        case double(Extent)
        case date(PackedIntegers)
        case time(PackedIntegers)
        case coded(PackedIntegers, PackedTexts, isSorted: Bool)
        case text(PackedTexts, PackedTextIndex?)
        /// Numbers of so many bytes in memory, and how they are written.
        case numbered(PackedIntegers, NumberedForm, width: Int)
        /// Keys of the records that a link leads to: the text of a row is the key of its record, and nothing is stored but for each entry of
        /// the dictionary the record whose key it is.
        case keys(of: LinkID, entries: PackedIntegers)
        /// As above, where the keys are numbered texts, and so is the column.
        case keyNumbers(of: LinkID, width: Int)
    }

    var rowCount: Int
    var validity: Extent?
    var values: Values
}

extension PackedColumn {
    func write(to directory: inout DirectoryWriter) {
        directory.write(validity) { $0.write($1) }
        switch values {
        case .missing: directory.write(0)
        case .bool(let bits):
            directory.write(1)
            directory.write(bits)
        case .decimal(let width, let scale, let units):
            directory.write(2)
            directory.write(width)
            directory.write(scale)
            directory.write(units)
        case .double(let extent):
            directory.write(3)
            directory.write(extent)
        case .date(let days):
            directory.write(4)
            days.write(to: &directory)
        case .time(let instants):
            directory.write(5)
            instants.write(to: &directory)
        case .coded(let codes, let texts, let isSorted):
            directory.write(6)
            codes.write(to: &directory)
            texts.write(to: &directory)
            directory.write(isSorted)
        case .text(let texts, let index):
            directory.write(7)
            texts.write(to: &directory)
            directory.write(index) { $1.write(to: &$0) }
        case .keys(let link, let entries):
            directory.write(8)
            directory.write(link.index)
            entries.write(to: &directory)
        case .numbered(let numbers, let form, let width):
            directory.write(9)
            numbers.write(to: &directory)
            directory.write(form.prefix)
            directory.write(form.digits)
            directory.write(width)
        case .keyNumbers(let link, let width):
            directory.write(10)
            directory.write(link.index)
            directory.write(width)
        }
    }

    /// Reads a column of a type, of an entity of so many rows.
    init(_ directory: inout DirectoryReader, type: ValueType, rowCount: Int, linkCount: Int) throws(SnapshotError) {
        self.rowCount = rowCount
        validity = try directory.optional { reader throws(SnapshotError) in
            try reader.extent(of: (rowCount + 63) / 64, width: 8)
        }
        let form = try directory.index(below: 11, "form of a column")
        switch (form, type) {
        case (0, _): values = .missing
        case (1, .bool): values = .bool(try directory.extent(of: (rowCount + 63) / 64, width: 8))
        case (2, .number):
            let width = try directory.width()
            let scale = try directory.index(below: Number.maximumScale + 1, "scale")
            values = .decimal(width: width, scale: scale, try directory.extent(of: rowCount, width: width))
        case (3, .number): values = .double(try directory.extent(of: rowCount, width: 8))
        case (4, .date): values = .date(try PackedIntegers(&directory, count: rowCount))
        case (5, .time): values = .time(try PackedIntegers(&directory, count: rowCount))
        case (6, .text):
            let codes = try PackedIntegers(&directory, count: rowCount)
            let texts = try PackedTexts(&directory)
            guard texts.count > 0, texts.count <= max(rowCount, 1) else { throw directory.damage("a dictionary is too large") }
            values = .coded(codes, texts, isSorted: try directory.bool())
        case (7, .text):
            let texts = try PackedTexts(&directory)
            guard texts.count == rowCount else { throw directory.damage("a column has the wrong number of texts") }
            values = .text(
                texts,
                try directory.optional { reader throws(SnapshotError) in try PackedTextIndex(&reader, rowCount: rowCount) })
        case (8, .text):
            let link = LinkID(try directory.index(below: linkCount, "link"))
            values = .keys(of: link, entries: try PackedIntegers(&directory))
        case (9, .text):
            let numbers = try PackedIntegers(&directory, count: rowCount)
            let prefix = try directory.raw()
            let digits = try directory.index(below: NumberedForm.mostDigits + 1, "number of digits")
            guard digits > 0, UTF8Check.isValid(prefix), prefix.count <= PackedTexts.longestPrefix else {
                throw directory.damage("a form of texts makes no sense")
            }
            values = .numbered(numbers, NumberedForm(prefix: prefix, digits: digits), width: try directory.width())
        case (10, .text):
            let link = LinkID(try directory.index(below: linkCount, "link"))
            values = .keyNumbers(of: link, width: try directory.width())
        default: throw directory.damage("a column's form does not fit its type")
        }
    }
}

/// Where a link leads, as it stands in the file.
enum PackedLink: Sendable {
    case one(PackedIntegers)
    case many(offsets: PackedIntegers, rows: PackedIntegers, edges: PackedIntegers?)

    func write(to directory: inout DirectoryWriter) {
        switch self {
        case .one(let targets):
            directory.write(true)
            targets.write(to: &directory)
        case .many(let offsets, let rows, let edges):
            directory.write(false)
            offsets.write(to: &directory)
            rows.write(to: &directory)
            directory.write(edges) { $1.write(to: &$0) }
        }
    }

    /// Reads a link from the rows of an entity; it leads to many exactly where the schema says so, and over a table of pairs exactly where
    /// that does.
    init(_ directory: inout DirectoryReader, _ link: Link, fromCount: Int) throws(SnapshotError) {
        guard try directory.bool() == link.isToOne else { throw directory.damage("a link's form does not fit its kind") }
        if link.isToOne {
            self = .one(try PackedIntegers(&directory, count: fromCount))
            return
        }
        let offsets = try PackedIntegers(&directory, count: fromCount + 1)
        let rows = try PackedIntegers(&directory)
        let edges = try directory.optional { reader throws(SnapshotError) in try PackedIntegers(&reader, count: rows.count) }
        var isThroughPairs = false
        if case .pairs = link.origin { isThroughPairs = true }
        guard rows.count <= Int(Int32.max), isThroughPairs == (edges != nil) else {
            throw directory.damage("a link's form does not fit its kind")
        }
        self = .many(offsets: offsets, rows: rows, edges: edges)
    }
}

extension DirectoryReader {
    /// A section of so many elements.
    fileprivate mutating func extent(of count: Int, width: Int) throws(SnapshotError) -> Extent {
        let extent = try extent()
        guard extent.length == count * width else { throw damage("a section has the wrong length") }
        return extent
    }

    /// How many bytes an integer has in memory.
    fileprivate mutating func width() throws(SnapshotError) -> Int {
        let width = try index(below: 9, "width")
        guard [1, 2, 4, 8].contains(width) else { throw damage("numbers have \(width) bytes") }
        return width
    }
}
