/// How many bits of the numbers are looked at in one pass, and from how many numbers on that is quicker than comparing them.
private let digitBits = 11
private let digitCount = 1 << digitBits
private let fewestForRadix = 200

/// Sorts row numbers in place; none may be negative. Many are sorted by radix, from their lowest digits to the highest that one of them has
/// (Knuth, volume 3, section 5.2.5): O(rows) for each eleven bits, where comparing takes O(rows · log rows).
func sortAscending(_ rows: UnsafeMutableBufferPointer<Int32>) {
    guard rows.count >= fewestForRadix, let base = rows.baseAddress else {
        var rows = rows
        return rows.sort()
    }
    var used: UInt32 = 0
    for row in rows { used |= UInt32(bitPattern: row) }
    withUnsafeTemporaryAllocation(of: Int32.self, capacity: rows.count + digitCount) { memory in
        let starts = UnsafeMutableBufferPointer(rebasing: memory[..<digitCount])
        var (source, target) = (base, memory.baseAddress! + digitCount)
        var shift = 0
        while used >> shift != 0 {
            distribute(source, rows.count, into: target, shift: shift, starts: starts)
            swap(&source, &target)
            shift += digitBits
        }
        if source != base { base.update(from: source, count: rows.count) }
    }
}

/// Copies numbers in the order of one digit, keeping that of equal ones.
private func distribute(
    _ source: UnsafeMutablePointer<Int32>, _ count: Int, into target: UnsafeMutablePointer<Int32>, shift: Int,
    starts: UnsafeMutableBufferPointer<Int32>
) {
    @inline(__always)
    func digit(_ row: Int32) -> Int { Int(UInt32(bitPattern: row) >> UInt32(shift)) & (digitCount - 1) }
    starts.initialize(repeating: 0)
    for index in 0..<count { starts[digit(source[index])] &+= 1 }
    var next: Int32 = 0
    for index in starts.indices {
        let own = starts[index]
        starts[index] = next
        next &+= own
    }
    for index in 0..<count {
        let place = digit(source[index])
        target[Int(starts[place])] = source[index]
        starts[place] &+= 1
    }
}
