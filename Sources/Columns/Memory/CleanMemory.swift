import Synchronization

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// Zeros for searches that note something of each record they meet. What a search has written it takes back itself, and the memory is kept
/// for the next question: clearing all of it anew would take longer than most searches, which see a few records of very many.
enum CleanMemory {
    private struct Piece: @unchecked Sendable {
        let base: UnsafeMutablePointer<UInt64>
        let count: Int
    }

    private static let kept = Mutex<[Piece]>([])
    /// How many pieces are kept, and how many words a kept one may have: 128 MB in all.
    private static let pieceLimit = 4
    private static let wordLimit = 1 << 22

    /// Words that are 0; to be given back by `giveBack` when they are so again.
    static func take(_ count: Int) -> UnsafeMutablePointer<UInt64> {
        let piece = kept.withLock { pieces in
            pieces.firstIndex { $0.count == count }.map { pieces.remove(at: $0) }
        }
        if let piece { return piece.base }
        guard let memory = calloc(max(count, 1), 8) else { fatalError("out of memory: \(count) records are searched") }
        return memory.bindMemory(to: UInt64.self, capacity: max(count, 1))
    }

    /// Takes back words that are all 0.
    static func giveBack(_ base: UnsafeMutablePointer<UInt64>, _ count: Int) {
        let piece = Piece(base: base, count: count)
        let dropped = kept.withLock { pieces -> Piece? in
            guard count <= wordLimit else { return piece }
            pieces.append(piece)
            return pieces.count > pieceLimit ? pieces.removeFirst() : nil
        }
        if let dropped { free(dropped.base) }
    }
}
