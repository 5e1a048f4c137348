extension PieceBuilder {
    /// Texts are coded while codes pay off.
    func text(_ batch: FieldBatch, _ column: Int, _ coder: TextCoder, _ coderIndex: Int) -> Piece {
        coder.isWorthwhile ? codedTexts(batch, column, coder, coderIndex) : plainTexts(batch, column)
    }

    private func codedTexts(_ batch: FieldBatch, _ column: Int, _ coder: TextCoder, _ coderIndex: Int) -> Piece {
        let rowCount = batch.rowCount
        integers.reserve(rowCount)
        let codes = integers.base
        let countBefore = coder.count
        var start = 0
        // The hashes of some rows first, so that what their look-up needs is on its way meanwhile.
        while start < rowCount {
            let end = min(start &+ 64, rowCount)
            for row in start..<end {
                let field = batch.field(row, column)
                let hash = TextHash.hash(batch.bytes + field.start, field.length)
                coder.prefetch(hash)
                codes[row] = Int64(bitPattern: hash)
            }
            for row in start..<end { coder.prefetchEntry(UInt64(bitPattern: codes[row])) }
            for row in start..<end {
                let field = batch.field(row, column)
                let p = batch.bytes + field.start
                let n = field.length
                if n == 0 || (!field.isString && MissingWords.alwaysMissing(p, n)) {
                    codes[row] = 0
                    markMissing(row, of: rowCount)
                } else {
                    codes[row] = Int64(coder.code(p, n, UInt64(bitPattern: codes[row])))
                }
            }
            start = end
        }
        coder.noteLookups(rowCount - missingCount, new: coder.count - countBefore)
        // Codes are unsigned, so a byte holds twice as many as it does integers.
        let highest = coder.count - 1
        if highest <= 0xff { return piece(rowCount, narrowed(rowCount, UInt8.self), 1, coderIndex) }
        if highest <= 0xffff { return piece(rowCount, narrowed(rowCount, UInt16.self), 2, coderIndex) }
        return piece(rowCount, narrowed(rowCount, UInt32.self), 4, coderIndex)
    }

    private func piece(_ rowCount: Int, _ codes: Block, _ width: Int, _ coderIndex: Int) -> Piece {
        Piece(format: .text, rowCount: rowCount, values: codes, width: width, coder: coderIndex)
    }

    @inline(__always)
    private func narrowed<Element: FixedWidthInteger & BitwiseCopyable>(_ count: Int, _ type: Element.Type) -> Block {
        let block = Block(byteCount: count * MemoryLayout<Element>.stride)
        let target = block.base.bindMemory(to: Element.self, capacity: count)
        let source = integers.base
        for index in 0..<count { target[index] = Element(truncatingIfNeeded: source[index]) }
        return block
    }

    private func plainTexts(_ batch: FieldBatch, _ column: Int) -> Piece {
        let rowCount = batch.rowCount
        offsets.reserve(rowCount + 1)
        bytes.count = 0
        offsets.base[0] = 0
        for row in 0..<rowCount {
            let field = batch.field(row, column)
            let p = batch.bytes + field.start
            let n = field.length
            if n == 0 || (!field.isString && MissingWords.alwaysMissing(p, n)) {
                markMissing(row, of: rowCount)
            } else if !appendASCII(p, n) {
                appendChecked(p, n)
            }
            offsets.base[row + 1] = UInt32(truncatingIfNeeded: bytes.count)
        }
        return Piece(
            format: .text, rowCount: rowCount, values: Block(copying: offsets.base, count: rowCount + 1), width: 4,
            bytes: Block(copying: bytes.base, count: bytes.count))
    }

    /// Copies a text in words of eight bytes and says whether it was ASCII; if not, nothing was appended.
    @inline(__always)
    private func appendASCII(_ p: UnsafePointer<UInt8>, _ n: Int) -> Bool {
        bytes.reserve(bytes.count &+ n &+ 8)
        let target = UnsafeMutableRawPointer(bytes.base + bytes.count)
        var high: UInt64 = 0
        var i = 0
        while i < n {
            var word = TextHash.load(p + i)
            target.storeBytes(of: word, toByteOffset: i, as: UInt64.self)
            // What lies behind the text is not of it.
            if n &- i < 8 { word &= ~(~0 &<< UInt64(truncatingIfNeeded: (n &- i) &* 8)) }
            high |= word
            i &+= 8
        }
        guard high & 0x8080_8080_8080_8080 == 0 else { return false }
        bytes.count &+= n
        return true
    }

    @inline(never)
    private func appendChecked(_ p: UnsafePointer<UInt8>, _ n: Int) {
        if UTF8Check.validLength(p, n) == n {
            bytes.append(contentsOf: UnsafeBufferPointer(start: p, count: n))
        } else {
            bytes.append(contentsOf: UTF8Check.repaired(p, n))
            repairedCount += 1
        }
    }
}
