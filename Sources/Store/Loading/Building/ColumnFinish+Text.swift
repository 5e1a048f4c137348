import Columns
import Types

extension ColumnFinish {
    /// The texts, coded unless nearly all differ, and how many differ.
    func texts(_ validity: Bitmap?) -> (Vector.Storage, distinctCount: Int?) {
        if pieces.contains(where: { $0.coder < 0 && $0.values != nil }) {
            let storage = plainStorage { piece, row in piece.values == nil ? nil : self.bytes(piece, row) }
            let distinct = DistinctCount.of(storage, validity)
            if !isNearlyUnique(distinct) { return (coded(storage, validity), distinct) }
            return (.text(storage), distinct)
        }
        let merged = MergedCoders(coders, pieces, dropStrays: codersHoldStrays)
        if isNearlyUnique(merged.count) {
            return (.text(plainStorage { piece, row in piece.values == nil ? nil : self.bytes(piece, row) }), merged.count)
        }
        return (coded(merged), merged.count)
    }

    private func isNearlyUnique(_ distinct: Int) -> Bool { distinct > Self.mostCodedWhenUnique && distinct > rowCount / 2 }

    /// The bytes at a row of a piece, which must not be missing.
    private func bytes(_ piece: Piece, _ row: Int) -> UnsafeBufferPointer<UInt8>? {
        if let validity = piece.validity, validity.elements(UInt64.self)[row >> 6] >> UInt64(row & 63) & 1 == 0 { return nil }
        guard piece.coder < 0 else { return coders[piece.coder]!.text(MergedCoders.code(piece, row)) }
        let offsets = piece.values!.elements(UInt32.self)
        let lower = Int(offsets[row])
        return UnsafeBufferPointer(start: piece.bytes!.elements(UInt8.self) + lower, count: Int(offsets[row + 1]) - lower)
    }

    private func plainStorage(_ bytes: (Piece, Int) -> UnsafeBufferPointer<UInt8>?) -> TextStorage {
        var total = 0
        for piece in pieces {
            if let block = piece.bytes {
                total += block.byteCount
            } else {
                for row in 0..<piece.rowCount { total += bytes(piece, row)?.count ?? 0 }
            }
        }
        let offsets = UnsafeMutablePointer<Int64>.allocate(capacity: rowCount + 1)
        defer { offsets.deallocate() }
        let texts = Buffer<UInt8>(capacity: total + 64) { memory in
            var end = 0
            var row = 0
            offsets[0] = 0
            for piece in pieces {
                for index in 0..<piece.rowCount {
                    if let text = bytes(piece, index), let source = text.baseAddress {
                        (memory.baseAddress! + end).update(from: source, count: text.count)
                        end += text.count
                    }
                    row += 1
                    offsets[row] = Int64(end)
                }
            }
            return end
        }
        let kept = Buffer<Int64>(capacity: rowCount + 1) { memory in
            memory.baseAddress!.update(from: offsets, count: rowCount + 1)
            return rowCount + 1
        }
        return TextStorage(offsets: kept, bytes: texts)
    }

    /// Codes for texts that were kept plain at first but turned out to repeat.
    private func coded(_ storage: TextStorage, _ validity: Bitmap?) -> Vector.Storage {
        let coder = TextCoder()
        let codes = UnsafeMutablePointer<UInt32>.allocate(capacity: rowCount)
        defer { codes.deallocate() }
        for row in 0..<rowCount {
            let text = storage.bytes(at: row)
            codes[row] = validity?[row] ?? true ? coder.code(text.baseAddress!, text.count) : 0
        }
        let merged = MergedCoders([coder], [], dropStrays: false)
        return Self.store(merged, rowCount) { body in body(UnsafePointer(codes), rowCount, merged.ranks[0]) }
    }

    private func coded(_ merged: MergedCoders) -> Vector.Storage {
        switch merged.count {
        case ...0x100: .coded(.uint8(joinCodes(merged, UInt8.self)), merged.dictionary)
        case ...0x10000: .coded(.uint16(joinCodes(merged, UInt16.self)), merged.dictionary)
        default: .coded(.uint32(joinCodes(merged, UInt32.self)), merged.dictionary)
        }
    }

    private func joinCodes<Element: FixedWidthInteger & BitwiseCopyable & Sendable>(
        _ merged: MergedCoders, _ type: Element.Type
    ) -> Buffer<Element> {
        Buffer(capacity: rowCount) { memory in
            var target = memory.baseAddress!
            for piece in pieces {
                let count = piece.rowCount
                if let values = piece.values {
                    let ranks = merged.ranks[piece.coder]
                    switch piece.width {
                    case 1: Self.translate(values.elements(UInt8.self), target, count, ranks)
                    case 2: Self.translate(values.elements(UInt16.self), target, count, ranks)
                    default: Self.translate(values.elements(UInt32.self), target, count, ranks)
                    }
                } else {
                    target.update(repeating: 0, count: count)
                }
                target += count
            }
            return rowCount
        }
    }

    @inline(__always)
    private static func translate<Source: FixedWidthInteger, Target: FixedWidthInteger>(
        _ source: UnsafePointer<Source>, _ target: UnsafeMutablePointer<Target>, _ count: Int, _ ranks: [UInt32]
    ) {
        ranks.withUnsafeBufferPointer { ranks in
            let base = ranks.baseAddress!
            for index in 0..<count { target[index] = Target(truncatingIfNeeded: base[Int(truncatingIfNeeded: source[index])]) }
        }
    }

    private static func store(
        _ merged: MergedCoders, _ rowCount: Int,
        _ codes: ((UnsafePointer<UInt32>, Int, [UInt32]) -> Vector.Storage) -> Vector.Storage
    ) -> Vector.Storage {
        codes { source, count, ranks in
            func buffer<Element: FixedWidthInteger & BitwiseCopyable & Sendable>(_ type: Element.Type) -> Buffer<Element> {
                Buffer(capacity: count) { memory in
                    translate(source, memory.baseAddress!, count, ranks)
                    return count
                }
            }
            switch merged.count {
            case ...0x100: return .coded(.uint8(buffer(UInt8.self)), merged.dictionary)
            case ...0x10000: return .coded(.uint16(buffer(UInt16.self)), merged.dictionary)
            default: return .coded(.uint32(buffer(UInt32.self)), merged.dictionary)
            }
        }
    }
}

/// The dictionaries of several threads as one, sorted.
struct MergedCoders {
    let dictionary: TextDictionary
    /// For each coder, what its codes became.
    let ranks: [[UInt32]]
    var count: Int { dictionary.count }

    /// `dropStrays` leaves out texts that no piece uses.
    init(_ coders: [TextCoder?], _ pieces: [Piece], dropStrays: Bool) {
        let used = dropStrays ? Self.used(coders, pieces) : nil
        // Every coder's texts get a number in one coder that knows them all.
        let known = coders.compactMap { $0 }
        let all = known.count == 1 && used == nil ? known[0] : TextCoder()
        var numbers: [[UInt32]] = []
        for (index, coder) in coders.enumerated() {
            guard let coder else {
                numbers.append([])
                continue
            }
            if coder === all {
                numbers.append(Array(0..<UInt32(coder.count)))
                continue
            }
            numbers.append(
                (0..<coder.count).map { code in
                    if let used, !used[index][code] { return 0 }
                    let text = coder.text(code)
                    return all.code(text.baseAddress!, text.count)
                })
        }
        let order = TextOrder.sorted(all.count) { all.text($0) }
        var rank = [UInt32](repeating: 0, count: all.count + 1)
        for (position, code) in order.enumerated() { rank[Int(code)] = UInt32(position) }
        ranks = numbers.map { $0.map { rank[Int($0)] } }
        dictionary = Self.dictionary(all, order)
    }

    private static func dictionary(_ coder: TextCoder, _ order: [UInt32]) -> TextDictionary {
        var end = 0
        let offsets = Buffer<Int64>(capacity: order.count + 1) { memory in
            memory[0] = 0
            for (position, code) in order.enumerated() {
                end += coder.text(Int(code)).count
                memory[position + 1] = Int64(end)
            }
            return order.count + 1
        }
        // Room to load whole words at the end.
        let bytes = Buffer<UInt8>(capacity: end + 64) { memory in
            var target = memory.baseAddress!
            for code in order {
                let text = coder.text(Int(code))
                target.update(from: text.baseAddress!, count: text.count)
                target += text.count
            }
            return end
        }
        return TextDictionary(texts: TextStorage(offsets: offsets, bytes: bytes), isSorted: true)
    }

    @inline(__always)
    static func code(_ piece: Piece, _ row: Int) -> Int {
        switch piece.width {
        case 1: Int(piece.values!.elements(UInt8.self)[row])
        case 2: Int(piece.values!.elements(UInt16.self)[row])
        default: Int(piece.values!.elements(UInt32.self)[row])
        }
    }

    private static func used(_ coders: [TextCoder?], _ pieces: [Piece]) -> [[Bool]] {
        var used = coders.map { [Bool](repeating: false, count: $0?.count ?? 0) }
        for piece in pieces where piece.coder >= 0 && piece.values != nil {
            let validity = piece.validity?.elements(UInt64.self)
            for row in 0..<piece.rowCount where validity.map({ $0[row >> 6] >> UInt64(row & 63) & 1 != 0 }) ?? true {
                used[piece.coder][code(piece, row)] = true
            }
        }
        return used
    }
}
