extension Segments {
    /// Every row has the same number of elements. The caller has checked that all of them together fit 32 bits.
    public static func uniform(rowCount: Int, elementsPerRow: Int) -> Segments {
        Segments(offsets: mapped(count: rowCount + 1) { Int32(truncatingIfNeeded: $0 &* elementsPerRow) })
    }

    /// How many elements the given rows have together, which may be more than segments can hold; -1 stands for no row.
    public func total(of rows: Buffer<Int32>) -> Int {
        let source = offsets.base
        let limit = count
        var total = 0
        for row in rows.pointer where row >= 0 {
            precondition(Int(row) < limit)
            total &+= Int(source[Int(row) &+ 1] &- source[Int(row)])
        }
        return total
    }

    /// How many elements the given rows have each; -1 has none.
    public func lengths(of rows: Buffer<Int32>) -> Buffer<Int32> {
        let source = offsets.base
        let limit = count
        let index = rows.base
        return mapped(count: rows.count) { position in
            let row = Int(index[position])
            precondition(row < limit)
            return row < 0 ? 0 : source[row &+ 1] &- source[row]
        }
    }

    /// Segments of segments become one: row `i` has all elements of the inner rows that it has here.
    public func joined(with inner: Segments) -> Segments {
        precondition(inner.count == elementCount)
        let own = offsets.base
        let source = inner.offsets.base
        return Segments(offsets: mapped(count: count + 1) { source[Int(own[$0])] })
    }

    /// For each of some rows, whether its segment has a value; the values of a segment ascend. Rows and values of -1 have none. O(log n) a
    /// row.
    public func containsAscending(_ elements: Buffer<Int32>, rows: Buffer<Int32>, values: Buffer<Int32>) -> Bitmap {
        precondition(elements.count == elementCount && rows.count == values.count)
        let source = offsets.base
        let limit = count
        return packedWhere(count: rows.count) { position in
            let row = Int(rows.base[position])
            let value = values.base[position]
            precondition(row < limit)
            guard row >= 0, value >= 0 else { return false }
            var lower = Int(source[row])
            var upper = Int(source[row &+ 1])
            while lower < upper {
                let middle = (lower &+ upper) >> 1
                if elements.base[middle] < value { lower = middle &+ 1 } else { upper = middle }
            }
            return lower < Int(source[row &+ 1]) && elements.base[lower] == value
        }
    }
}

extension Bitmap {
    /// For each of some rows whether its bit is set; not for -1.
    public func contains(_ rows: Buffer<Int32>) -> Bitmap { gathered(rows, absent: false) }
}
