/// The names that were probably meant by a misspelt one, nearest first.
///
/// Case and underscores do not count, two swapped letters count as one slip, and a name that begins with what was written is near
/// as well. One slip in three letters is allowed, so a word of two letters is near to itself only.
/// Takes O(candidates × length²).
public func nearest(to name: String, among candidates: some Sequence<String>, limit: Int = 3) -> [String] {
    let wanted = folded(name)
    guard !wanted.isEmpty, limit > 0 else { return [] }
    let allowed = wanted.count / 3
    var found: [(distance: Int, order: Int, name: String)] = []
    var seen: Set<String> = []
    for (order, candidate) in candidates.enumerated() where seen.insert(candidate).inserted {
        let other = folded(candidate)
        guard !other.isEmpty else { continue }
        if wanted.count >= 3, other.starts(with: wanted), other.count > wanted.count {
            found.append((allowed, order, candidate))
        } else if abs(other.count - wanted.count) <= allowed {
            let distance = editDistance(wanted, other)
            if distance <= allowed { found.append((distance, order, candidate)) }
        }
    }
    found.sort { ($0.distance, $0.order) < ($1.distance, $1.order) }
    return found.prefix(limit).map(\.name)
}

private func folded(_ text: String) -> [Unicode.Scalar] {
    text.lowercased().unicodeScalars.filter { $0 != "_" && $0 != " " && $0 != "-" }
}

/// How many letters have to be added, left out, replaced or swapped with their neighbour to make one word of the other: the distance
/// of Damerau (1964) in its "optimal string alignment" form, which swaps no letters that were changed otherwise.
func editDistance(_ first: [Unicode.Scalar], _ second: [Unicode.Scalar]) -> Int {
    if first.isEmpty { return second.count }
    var beforePrevious = [Int](repeating: 0, count: second.count + 1)
    var previous = Array(0...second.count)
    var current = previous
    for row in 1...first.count {
        current[0] = row
        for column in stride(from: 1, through: second.count, by: 1) {
            let same = first[row - 1] == second[column - 1]
            var best = min(previous[column] + 1, current[column - 1] + 1, previous[column - 1] + (same ? 0 : 1))
            if row > 1, column > 1, first[row - 1] == second[column - 2], first[row - 2] == second[column - 1] {
                best = min(best, beforePrevious[column - 2] + 1)
            }
            current[column] = best
        }
        (beforePrevious, previous, current) = (previous, current, beforePrevious)
    }
    return previous[second.count]
}
