import Columns

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
