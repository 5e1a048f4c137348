/// The arcs that lead to a record with more of them, or with as many and a higher number; of arcs that lead both ways that is one of each
/// two, and no record has many of them: at most √arcs.
///
/// For `domain` records; the link must have been checked to lead nowhere else. O(records + arcs).
public func climbing(_ link: LinkIndex, domain: Int) -> LinkIndex {
    let (segments, targets) = climbing(Arcs(link), domain: domain)
    withExtendedLifetime(link) {}
    return .many(segments, rows: targets, edges: nil)
}

func climbing(_ arcs: Arcs, domain: Int) -> (Segments, targets: Buffer<Int32>) {
    let degrees = mapped(count: domain) { Int32(truncatingIfNeeded: arcs.elements($0).count) }
    let arcCount = degrees.pointer.reduce(0) { $0 + Int($1) }
    var offsets: [Int32] = [0]
    offsets.reserveCapacity(domain + 1)
    let own = degrees.base
    let targets = Buffer<Int32>(capacity: arcCount) { memory in
        let kept = memory.baseAddress
        var end = 0
        for record in 0..<domain {
            for element in arcs.elements(record) {
                let target = arcs.targets[element]
                let difference = own[Int(target)] &- own[record]
                kept?[end] = target
                // Arithmetic instead of a branch, which would be guessed wrong every other time.
                let isHigher = (difference == 0 ? 1 : 0) & (Int(target) > record ? 1 : 0)
                end &+= (difference > 0 ? 1 : 0) | isHigher
            }
            offsets.append(Int32(truncatingIfNeeded: end))
        }
        return end
    }
    withExtendedLifetime(degrees) {}
    return (Segments(offsets: Buffer(offsets)), targets)
}
