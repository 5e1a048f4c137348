import CKernels
import Columns
import Synchronization

extension PackedIntegers {
    /// One of them. The index lies within the count.
    func value(at index: Int, in file: SnapshotFile) throws(SnapshotError) -> Int64 {
        guard index >= 0, index < count else { throw file.damage("integer \(index) of \(count) was asked for") }
        guard width > 0 else { return base &+ step &* Int64(index) }
        let bytes = try file.bytes(extent, from: index * width, count: width)
        var unit: UInt64 = 0
        for place in (0..<width).reversed() { unit = unit << 8 | UInt64(bytes[place]) }
        return base &+ step &* Int64(bitPattern: unit)
    }

    /// Where a value stands in a run that counts up.
    func position(of value: Int64) -> Int? {
        let (distance, overflow) = value.subtractingReportingOverflow(base)
        guard width == 0, step > 0, !overflow, distance >= 0, distance % step == 0, distance / step < Int64(count) else {
            return nil
        }
        return Int(distance / step)
    }

    func value(at index: Int, within bounds: ClosedRange<Int64>, in file: SnapshotFile) throws(SnapshotError) -> Int64 {
        let value = try value(at: index, in: file)
        guard bounds.contains(value) else { throw file.damage("\(value) stands where \(bounds) was expected") }
        return value
    }

    /// All of them, each found to lie within the bounds, which the element type holds. In place where they stand in the file as they
    /// are in memory.
    func all<Element: FixedWidthInteger & BitwiseCopyable & Sendable>(
        _ type: Element.Type, within bounds: ClosedRange<Int64>, in file: SnapshotFile
    ) throws(SnapshotError) -> Buffer<Element> {
        switch width {
        case 0: return try counted(type, within: bounds, in: file)
        case 1: return try units(UInt8.self, as: type, within: bounds, in: file)
        case 2: return try units(UInt16.self, as: type, within: bounds, in: file)
        case 3: return try triples(as: type, within: bounds, in: file)
        case 4: return try units(UInt32.self, as: type, within: bounds, in: file)
        default: return try words(as: type, within: bounds, in: file)
        }
    }

    /// Throws unless the base and the greatest of them lie within the bounds; then all others do, since a step is never negative.
    private func check(greatestUnit: Int64, _ bounds: ClosedRange<Int64>, _ file: SnapshotFile) throws(SnapshotError) {
        guard count > 0 else { return }
        let (product, tooLarge) = step.multipliedReportingOverflow(by: greatestUnit)
        let (highest, overflow) = base.addingReportingOverflow(product)
        guard !tooLarge, !overflow, bounds.contains(base), bounds.contains(highest) else {
            throw file.damage("a number stands where \(bounds) was expected")
        }
    }

    private func counted<Element: FixedWidthInteger & BitwiseCopyable & Sendable>(
        _ type: Element.Type, within bounds: ClosedRange<Int64>, in file: SnapshotFile
    ) throws(SnapshotError) -> Buffer<Element> {
        try check(greatestUnit: Int64(count - 1), bounds, file)
        return Buffer(capacity: count) { memory in
            for index in 0..<count { memory[index] = Element(truncatingIfNeeded: base &+ step &* Int64(index)) }
            return count
        }
    }

    private func units<
        Unit: FixedWidthInteger & UnsignedInteger & BitwiseCopyable & Sendable,
        Element: FixedWidthInteger & BitwiseCopyable & Sendable
    >(_ unit: Unit.Type, as type: Element.Type, within bounds: ClosedRange<Int64>, in file: SnapshotFile)
        throws(SnapshotError) -> Buffer<Element>
    {
        let greatest = Greatest()
        if base == 0, step == 1, MemoryLayout<Unit>.size == MemoryLayout<Element>.size {
            try file.forEachPiece(of: extent, width: width) { elements, bytes in
                let source = UnsafeBufferPointer(start: bytes.assumingMemoryBound(to: Unit.self), count: elements.count)
                var most: Unit = 0
                for value in source { most = max(most, value) }
                greatest.note(UInt64(most))
            }
            try check(greatestUnit: greatest.value, bounds, file)
            let bytes = try file.place(extent, from: 0, count: extent.length)
            return Buffer(owner: file, base: bytes.baseAddress!.assumingMemoryBound(to: type), count: count)
        }
        let (base, step) = (Element(truncatingIfNeeded: base), Element(truncatingIfNeeded: step))
        return try unpacked(within: bounds, in: file) { elements, bytes, target in
            let source = bytes.assumingMemoryBound(to: Unit.self)
            var most: Unit = 0
            for index in 0..<elements.count {
                most = max(most, source[index])
                target[index] = base &+ step &* Element(truncatingIfNeeded: source[index])
            }
            return UInt64(most)
        }
    }

    private func triples<Element: FixedWidthInteger & BitwiseCopyable & Sendable>(
        as type: Element.Type, within bounds: ClosedRange<Int64>, in file: SnapshotFile
    ) throws(SnapshotError) -> Buffer<Element> {
        let (base, step) = (Element(truncatingIfNeeded: base), Element(truncatingIfNeeded: step))
        return try unpacked(within: bounds, in: file) { elements, bytes, target in
            if step == 1, MemoryLayout<Element>.size == 4 {
                let target = UnsafeMutableRawPointer(target).assumingMemoryBound(to: Int32.self)
                let source = bytes.assumingMemoryBound(to: UInt8.self)
                return UInt64(crmq_unpack_triples(source, elements.count, Int32(truncatingIfNeeded: base), target))
            }
            var most: UInt32 = 0
            for index in 0..<elements.count {
                // Behind every section stands at least the table of hashes, so a byte too much may be read.
                let word = bytes.loadUnaligned(fromByteOffset: index &* 3, as: UInt32.self)
                let unit = UInt32(littleEndian: word) & 0xff_ffff
                most = max(most, unit)
                target[index] = base &+ step &* Element(truncatingIfNeeded: unit)
            }
            return UInt64(most)
        }
    }

    /// All of them as `unpack` writes them, piece by piece; it gives the greatest unit of each.
    private func unpacked<Element: FixedWidthInteger & BitwiseCopyable & Sendable>(
        within bounds: ClosedRange<Int64>, in file: SnapshotFile,
        _ unpack: @escaping @Sendable (Range<Int>, UnsafeRawPointer, UnsafeMutablePointer<Element>) -> UInt64
    ) throws(SnapshotError) -> Buffer<Element> {
        let greatest = Greatest()
        var failure: SnapshotError?
        let values = Buffer<Element>(capacity: count) { memory in
            guard let base = memory.baseAddress else { return 0 }
            let target = Target(base: base)
            do throws(SnapshotError) {
                try file.forEachPiece(of: extent, width: width) { elements, bytes in
                    greatest.note(unpack(elements, bytes, target.base + elements.lowerBound))
                }
            } catch {
                failure = error
                return 0
            }
            return count
        }
        if let failure { throw failure }
        try check(greatestUnit: greatest.value, bounds, file)
        return values
    }

    /// Whole integers as they are, without base and step.
    private func words<Element: FixedWidthInteger & BitwiseCopyable & Sendable>(
        as type: Element.Type, within bounds: ClosedRange<Int64>, in file: SnapshotFile
    ) throws(SnapshotError) -> Buffer<Element> {
        let stored = try file.buffer(extent, of: Int64.self, count: count)
        guard base == 0, step == 1, stored.pointer.allSatisfy({ bounds.contains($0) }) else {
            throw file.damage("a number stands where \(bounds) was expected")
        }
        if MemoryLayout<Element>.size == 8 {
            return Buffer(owner: file, base: UnsafeRawPointer(stored.base).assumingMemoryBound(to: type), count: count)
        }
        let source = stored.base
        return Buffer(capacity: count) { memory in
            for index in 0..<count { memory[index] = Element(truncatingIfNeeded: source[index]) }
            return count
        }
    }
}

/// The greatest unit that any thread met.
private final class Greatest: Sendable {
    private let most = Atomic<UInt64>(0)
    func note(_ unit: UInt64) { most.max(unit, ordering: .relaxed) }
    /// Units of up to four bytes.
    var value: Int64 { Int64(most.load(ordering: .relaxed)) }
}

/// Memory of which each thread writes a part of its own.
private struct Target<Element>: @unchecked Sendable {
    let base: UnsafeMutablePointer<Element>
}
