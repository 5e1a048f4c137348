import Columns

/// The texts of several threads' coders with numbers that they share.
struct JointCoder {
    fileprivate let coder: TextCoder
    /// For each of the coders, the shared numbers of its codes.
    fileprivate let numbers: [[UInt32]]
    /// How many texts differ.
    var count: Int { coder.count }

    /// `dropStrays` leaves out texts that no piece uses.
    init(_ coders: [TextCoder?], _ pieces: [Piece], dropStrays: Bool) {
        let used = dropStrays ? Self.used(coders, pieces) : nil
        // Every coder's texts get a number in one coder that knows them all.
        let known = coders.compactMap { $0 }
        let all = known.count == 1 && used == nil ? known[0] : TextCoder()
        numbers = coders.enumerated().map { index, coder in
            guard let coder else { return [] }
            if coder === all { return Array(0..<UInt32(coder.count)) }
            return (0..<coder.count).map { code in
                if let used, !used[index][code] { return 0 }
                let text = coder.text(code)
                return all.code(text.baseAddress!, text.count)
            }
        }
        coder = all
    }

    private static func used(_ coders: [TextCoder?], _ pieces: [Piece]) -> [[Bool]] {
        var used = coders.map { [Bool](repeating: false, count: $0?.count ?? 0) }
        for piece in pieces where piece.coder >= 0 && piece.values != nil {
            let validity = piece.validity?.elements(UInt64.self)
            for row in 0..<piece.rowCount where validity.map({ $0[row >> 6] >> UInt64(row & 63) & 1 != 0 }) ?? true {
                used[piece.coder][piece.code(row)] = true
            }
        }
        return used
    }
}

/// The dictionaries of several threads as one, sorted.
struct SortedCoders {
    let dictionary: TextDictionary
    /// For each coder, what its codes became.
    let ranks: [[UInt32]]

    init(_ joint: JointCoder) {
        let coder = joint.coder
        let order = TextOrder.sorted(coder.count) { coder.text($0) }
        var rank = [UInt32](repeating: 0, count: coder.count + 1)
        for (position, code) in order.enumerated() { rank[Int(code)] = UInt32(position) }
        ranks = joint.numbers.map { $0.map { rank[Int($0)] } }
        dictionary = Self.dictionary(coder, order)
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
}

extension Piece {
    /// The code of a row of texts that were coded.
    @inline(__always)
    func code(_ row: Int) -> Int {
        switch width {
        case 1: Int(values!.elements(UInt8.self)[row])
        case 2: Int(values!.elements(UInt16.self)[row])
        default: Int(values!.elements(UInt32.self)[row])
        }
    }
}
