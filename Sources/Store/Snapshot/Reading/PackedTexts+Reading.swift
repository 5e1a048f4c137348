import Columns
import Synchronization

extension PackedTexts {
    /// Appends one text. The index lies within the count.
    func append(_ index: Int, to text: inout [UInt8], in file: SnapshotFile) throws(SnapshotError) {
        guard index >= 0, index < count else { throw file.damage("text \(index) of \(count) was asked for") }
        let start = text.count
        switch form {
        case .numbered(let prefix, let width, let numbers):
            let number = try numbers.value(at: index, within: Self.bounds(width), in: file)
            text += prefix
            KeyDigits.withDigits(number, paddedTo: width > 0 ? width : nil) { text.append(contentsOf: $0) }
            return
        case .plain(let runs): text.append(contentsOf: try runs.run(index, in: file))
        case .symbols(let runs, let extent, _, _):
            guard SymbolTable.append(try runs.run(index, in: file), by: try file.bytes(extent), to: &text) else {
                throw file.damage("a text names no symbol")
            }
        }
        let isValid = text[start...].withUnsafeBufferPointer { bytes in
            bytes.baseAddress.map { UTF8Check.isValid($0, bytes.count) } ?? true
        }
        guard isValid else { throw file.damage("a text is not UTF-8") }
    }

    /// Where texts that count up have a text: none of them, or one.
    func positions(of text: [UInt8]) -> [Int32] {
        guard case .numbered(let prefix, let width, let numbers) = form, countsUp, text.starts(with: prefix) else { return [] }
        let digits = text[prefix.count...]
        guard width == 0 || digits.count == width, digits.count <= 18, !digits.isEmpty,
            width > 0 || digits.count == 1 || digits.first != UInt8(ascii: "0"),
            digits.allSatisfy({ $0 >= UInt8(ascii: "0") && $0 <= UInt8(ascii: "9") })
        else { return [] }
        let number = digits.reduce(Int64(0)) { $0 * 10 + Int64($1 - UInt8(ascii: "0")) }
        return numbers.position(of: number).map { [Int32($0)] } ?? []
    }

    /// The texts at some rows; -1 gives an empty one.
    func texts(at rows: Buffer<Int32>, in file: SnapshotFile) throws(SnapshotError) -> TextStorage {
        var builder = TextStorageBuilder(capacity: rows.count)
        var text: [UInt8] = []
        for row in rows.pointer {
            text.removeAll(keepingCapacity: true)
            if row >= 0 { try append(Int(row), to: &text, in: file) }
            text.withUnsafeBufferPointer { builder.append($0) }
        }
        return builder.finish()
    }

    /// The greatest number that so many digits write.
    private static func bounds(_ width: Int) -> ClosedRange<Int64> { 0...(powersOfTen[width > 0 ? width : 18] - 1) }

    /// All texts, written out; plain ones in place.
    func all(in file: SnapshotFile) throws(SnapshotError) -> TextStorage {
        let texts: TextStorage
        switch form {
        case .numbered(let prefix, let width, let numbers):
            return Self.written(prefix, width, try numbers.all(Int64.self, within: Self.bounds(width), in: file))
        case .plain(let runs):
            let bytes = try file.buffer(runs.bytes, of: UInt8.self, count: runs.bytes.length)
            texts = TextStorage(offsets: try runs.offsets(in: file), bytes: bytes)
        case .symbols(let runs, let extent, let expandedCount, let expandedStarts):
            guard let table = SymbolTable(try file.bytes(extent)) else { throw file.damage("a table of symbols makes no sense") }
            let starts = try expandedStarts.all(Int64.self, within: 0...Int64(expandedCount), in: file)
            let expansion = Expansion(
                offsets: try runs.offsets(in: file), bytes: try file.bytes(runs.bytes), starts: starts, table: table,
                expandedCount: expandedCount)
            guard let expanded = expansion.texts(threads: file.threads) else {
                throw file.damage("texts do not fit their symbols")
            }
            texts = expanded
        }
        let chunks = (count + Self.chunk - 1) / Self.chunk
        let isSound = SharedFlag()
        Parallel.forEach(chunks, threads: chunks > 8 ? file.threads : 1) { chunk, _ in
            let range = (chunk * Self.chunk)..<min(texts.count, (chunk + 1) * Self.chunk)
            if !UTF8Check.areValid(texts, range) { isSound.clear() }
        }
        guard isSound.isSet else { throw file.damage("a text is not UTF-8") }
        return texts
    }

    private static func written(_ prefix: [UInt8], _ width: Int, _ numbers: Buffer<Int64>) -> TextStorage {
        guard width > 0 else {
            var builder = TextStorageBuilder(capacity: numbers.count)
            var text: [UInt8] = []
            for number in numbers.pointer {
                text = prefix
                KeyDigits.withDigits(number, paddedTo: nil) { text.append(contentsOf: $0) }
                text.withUnsafeBufferPointer { builder.append($0) }
            }
            return builder.finish()
        }
        let length = prefix.count + width
        let bytes = Buffer<UInt8>(capacity: numbers.count * length) { memory in
            guard var target = memory.baseAddress else { return 0 }
            for number in numbers.pointer {
                for place in 0..<prefix.count { target[place] = prefix[place] }
                var rest = UInt64(bitPattern: number)
                var place = length
                while place > prefix.count {
                    place &-= 1
                    let (quotient, remainder) = rest.quotientAndRemainder(dividingBy: 10)
                    target[place] = UInt8(ascii: "0") &+ UInt8(truncatingIfNeeded: remainder)
                    rest = quotient
                }
                target += length
            }
            return memory.count
        }
        let offsets = Buffer<Int64>(capacity: numbers.count + 1) { memory in
            for index in 0...numbers.count { memory[index] = Int64(index &* length) }
            return numbers.count + 1
        }
        return TextStorage(offsets: offsets, bytes: bytes)
    }
}

/// A flag that threads clear.
private final class SharedFlag: Sendable {
    private let flag = Atomic<Bool>(true)
    func clear() { flag.store(false, ordering: .relaxed) }
    var isSet: Bool { flag.load(ordering: .relaxed) }
}

/// Texts of symbols being written out, chunk by chunk.
private struct Expansion: @unchecked Sendable {
    let offsets: Buffer<Int64>
    let bytes: UnsafeRawBufferPointer
    let starts: Buffer<Int64>
    let table: SymbolTable
    let expandedCount: Int

    /// None where the texts are not as long as the starts of their chunks say.
    func texts(threads: Int) -> TextStorage? {
        let count = offsets.count - 1
        let symbols = table.expansion()
        let isSound = SharedFlag()
        var memory: Buffer<UInt8>?
        let newOffsets = Buffer<Int64>(capacity: count + 1) { newOffsets in
            newOffsets[count] = Int64(expandedCount)
            let places = Places(newOffsets.baseAddress!)
            // Room behind the last text for the words that are written whole.
            memory = Buffer<UInt8>(capacity: expandedCount + SymbolTable.longest) { target in
                let target = Target(target.baseAddress!)
                Parallel.forEach(starts.count, threads: starts.count > 4 ? threads : 1) { chunk, _ in
                    if !expand(chunk, symbols, target, places) { isSound.clear() }
                }
                return expandedCount
            }
            return count + 1
        }
        guard isSound.isSet, starts.count == 0 || starts[0] == 0, count > 0 || expandedCount == 0 else { return nil }
        return memory.map { TextStorage(offsets: newOffsets, bytes: $0) }
    }

    private func expand(_ chunk: Int, _ symbols: [(word: UInt64, length: Int)], _ target: Target, _ places: Places) -> Bool {
        let first = chunk * PackedTexts.chunk
        let last = min(offsets.count - 1, first + PackedTexts.chunk)
        let start = Int(starts.base[chunk])
        let end = chunk + 1 < starts.count ? Int(starts.base[chunk + 1]) : expandedCount
        guard start <= end, let source = bytes.baseAddress?.assumingMemoryBound(to: UInt8.self) else { return false }
        // A neighbour's first bytes must not be overwritten by words that are written whole, so a chunk is expanded into memory of its own.
        return withUnsafeTemporaryAllocation(of: UInt8.self, capacity: end - start + SymbolTable.longest) { own in
            var place = own.baseAddress!
            let limit = place + own.count
            return symbols.withUnsafeBufferPointer { symbols in
                for text in first..<last {
                    places.base[text] = Int64(start + (place - own.baseAddress!))
                    let lower = Int(offsets.base[text])
                    let length = Int(offsets.base[text + 1]) - lower
                    guard
                        let next = SymbolTable.expand(source + lower, count: length, symbols.baseAddress!, to: place, end: limit)
                    else {
                        return false
                    }
                    place = next
                }
                guard place - own.baseAddress! == end - start else { return false }
                (target.base + start).update(from: own.baseAddress!, count: end - start)
                return true
            }
        }
    }

    private struct Target: @unchecked Sendable {
        let base: UnsafeMutablePointer<UInt8>
        init(_ base: UnsafeMutablePointer<UInt8>) { self.base = base }
    }

    private struct Places: @unchecked Sendable {
        let base: UnsafeMutablePointer<Int64>
        init(_ base: UnsafeMutablePointer<Int64>) { self.base = base }
    }
}
