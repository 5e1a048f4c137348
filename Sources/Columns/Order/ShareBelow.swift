import Types

/// For every row the part of the values of a list that come before the row's own, from 0 for the least to less than 1. `segments` gives
/// each row a list of its own; without them all values are one list for all rows.
///
/// Values that tie do not come before each other. Missing values of a list count for nothing; a row's result is missing where its value is, or
/// where its list has none. O((rows + values) log values), with lists of their own O(rows + values).
public func shareBelow(_ value: Operand, _ values: Vector, segments: Segments?, count: Int) -> Vector {
    checkCount(value, count)
    let own = value.vector(count: count)
    // In one column the two have one representation, so that their words compare.
    let all = Vector.concatenated([values, own], type: .none)
    let key = PreparedKey(all, descending: false, ranksTexts: true, checkpoint: {})
    let words = key.words.base
    let isPresent = key.missing?.not()
    let present = { (place: Int) in isPresent?[place] ?? true }
    guard let segments else {
        let sorted = (0..<values.count).lazy.filter(present).map { words[$0] }.sorted()
        let shares: Buffer<Double> = mapped(count: count) { row in
            Double(below(words[values.count + row], in: sorted)) / Double(sorted.count)
        }
        return finite(shares, value.presence(count: count))
    }
    let shares: Buffer<Double> = mapped(count: count) { row in
        let list = Int(segments.offsets[row])..<Int(segments.offsets[row + 1])
        let word = words[values.count + row]
        var (before, known) = (0, 0)
        for place in list where present(place) {
            known += 1
            before += words[place] < word ? 1 : 0
        }
        return Double(before) / Double(known)
    }
    return finite(shares, value.presence(count: count))
}

/// How many of sorted words are less than a word.
private func below(_ word: UInt64, in sorted: [UInt64]) -> Int {
    var (lower, upper) = (0, sorted.count)
    while lower < upper {
        let middle = (lower + upper) / 2
        if sorted[middle] < word { lower = middle + 1 } else { upper = middle }
    }
    return lower
}
