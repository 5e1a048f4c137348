import Columns
import Plan
import Resolve
import Types

/// Some of the question's rows, a column a slot. Records are kept as row numbers; their fields are read when a term needs them.
struct Batch {
    var count: Int
    var slots: [SlotID: Evaluated]

    /// The slots that something behind needs.
    func keeping(_ live: LiveSlots) -> Batch {
        Batch(count: count, slots: slots.filter { live.contains($0.key) })
    }
}

/// The slots that the rows behind an operator must have. Slots that only came to be while the question runs, as the spread columns of
/// `pivot` do, are always among them.
struct LiveSlots {
    let known: SlotSet
    /// Numbers from here on were given out while the question runs.
    let firstUnplanned: Int

    func contains(_ slot: SlotID) -> Bool { known.contains(slot) || slot.index >= firstUnplanned }
}

extension Evaluator {
    /// The rows at some positions.
    func picked(_ batch: Batch, at positions: Buffer<Int32>) -> Batch {
        Batch(
            count: positions.count, slots: batch.slots.mapValues { picked($0, count: batch.count, at: positions) })
    }

    /// A part of a batch; runs and stored columns stay what they are.
    func part(_ batch: Batch, _ range: Range<Int>) -> Batch {
        if range == 0..<batch.count { return batch }
        let slots = batch.slots.mapValues { value -> Evaluated in
            switch value {
            case .constant, .shared: return value
            case .run(let entity, let rows):
                return .run(entity, (rows.lowerBound + range.lowerBound)..<(rows.lowerBound + range.upperBound))
            case .vector(let vector): return .vector(vector.range(range.lowerBound, range.upperBound))
            case .set, .list:
                return picked(value, count: batch.count, at: .counting(from: range.lowerBound, to: range.upperBound))
            }
        }
        return Batch(count: range.count, slots: slots)
    }

    /// The rows of several batches, which have the same slots, one after another.
    func joined(_ batches: [Batch]) -> Batch {
        guard let first = batches.first else { return Batch(count: 0, slots: [:]) }
        if batches.count == 1 { return first }
        var slots: [SlotID: Evaluated] = [:]
        for slot in first.slots.keys {
            slots[slot] = joined(batches.map { ($0.slots[slot] ?? .constant(.none), $0.count) })
        }
        return Batch(count: batches.reduce(0) { $0 + $1.count }, slots: slots)
    }

    func joined(_ pieces: [(value: Evaluated, count: Int)]) -> Evaluated {
        if let run = joinedRun(pieces) { return run }
        return .vector(.joined(pieces.map { vector($0.value, count: $0.count) }))
    }

    /// A run, where the pieces are runs that follow upon each other.
    private func joinedRun(_ pieces: [(value: Evaluated, count: Int)]) -> Evaluated? {
        guard case .run(let entity, let first)? = pieces.first?.value else { return nil }
        var end = first.lowerBound
        for piece in pieces {
            guard case .run(_, let range) = piece.value, range.lowerBound == end else { return nil }
            end = range.upperBound
        }
        return .run(entity, first.lowerBound..<end)
    }

    /// Calls `body` for the batch, or for its halves where its sets are too wide to be worked on together. A single row has no halves:
    /// for it the limit is what can be counted.
    func inParts(_ batch: Batch, _ body: (Batch) throws -> Void) throws {
        do {
            let normalLimit = elementLimit
            if batch.count <= 1 { elementLimit = Int(Int32.max) }
            defer { elementLimit = normalLimit }
            try body(batch)
        } catch is BatchTooWide {
            let middle = batch.count / 2
            try inParts(part(batch, 0..<middle), body)
            try inParts(part(batch, middle..<batch.count), body)
        }
    }

    /// The frame of a batch's rows.
    func frame(of batch: Batch) -> Frame { Frame(rowCount: batch.count, slots: batch.slots) }
}

extension Vector {
    /// Pieces of one column, one after another; the first piece in which any value is there says what type it has.
    static func joined(_ pieces: [Vector]) -> Vector {
        if pieces.count == 1 { return pieces[0] }
        if pieces.isEmpty { return .missing(count: 0) }
        let type = pieces.lazy.map(\.type).first { $0 != .none } ?? .none
        return .concatenated(pieces, type: type)
    }
}
