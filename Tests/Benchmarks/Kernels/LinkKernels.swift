import Columns
import Types

/// What goes along links: values of the records that rows lead to, sums over the records that lead to a row, and searches.
func linkKernels(_ size: Size) -> [Kernel] {
    let count = size.rows
    let near = count / 8
    return [
        Kernel("values along a link, \(size)") {
            let values = Generated.amounts(near)
            let targets = Generated.integers(count, below: near)
            let rows = Buffer(targets)
            return Prepared(rows: count, floor: .gather(places: targets, tableRows: near)) { use(values.gathered(rows)) }
        },
        Kernel("a link behind a link, \(size)") {
            let table = Buffer(Generated.integers(near, below: near / 2))
            let targets = Generated.integers(count, below: near, seed: 40)
            let rows = Buffer(targets)
            return Prepared(rows: count, floor: .gather(places: targets, tableRows: near)) { use(rows.composed(with: table)) }
        },
        Kernel("the way back of a link, \(size)") {
            let targets = Generated.integers(count, below: near)
            let rows = Buffer(targets)
            return Prepared(rows: count, floor: .scatter(places: targets, tableRows: near)) {
                use(inverted(rows, targetCount: near))
            }
        },
        Kernel("sum over a link by scattering, \(size)") {
            let values = Generated.amounts(count)
            let targets = Generated.integers(count, below: near)
            let rows = Buffer(targets)
            return Prepared(rows: count, floor: .scatter(places: targets, tableRows: near)) {
                let sum = makeAggregator(kind: .sum, type: .number)
                sum.update(values, groups: rows, groupCount: near)
                use(sum.finish(groupCount: near))
            }
        },
        Kernel("sum over a link by gathering, \(size)") {
            let values = Generated.amounts(count)
            let (segments, elements) = inverted(Buffer(Generated.integers(count, below: near)), targetCount: near)
            // A part of the records, as a filter leaves them.
            let asked = Buffer(Generated.integers(near / 8, below: near, seed: 41))
            let (_, places) = segments.gathered(asked)
            let read = places.array.map { elements[Int($0)] }
            return Prepared(rows: read.count, floor: .gather(places: read, tableRows: count)) {
                let (found, rows) = expandedRows(segments, elements, asked)
                let sum = makeAggregator(kind: .sum, type: .number)
                sum.update(values.gathered(rows), groups: found.parents(), groupCount: asked.count)
                use(sum.finish(groupCount: asked.count))
            }
        },
        Kernel("first of each by a date, \(size)") {
            let parents = Generated.integers(count, below: near)
            let (rows, dates) = (Buffer(parents), Generated.dates(count))
            return Prepared(rows: count, floor: .scatter(places: parents, tableRows: near)) {
                use(picked(parents: rows, rowCount: near, keys: [(dates, false)], last: false))
            }
        },
        Kernel("which records occur, \(size)") {
            let targets = Generated.integers(count, below: near)
            let rows = Buffer(targets)
            return Prepared(rows: count, floor: .scatter(places: targets.map { $0 / 64 }, tableRows: near / 64 + 1)) {
                use(rows.occurrences(domain: near))
            }
        },
        Kernel("each record of a set once, \(size)") {
            let rows = Generated.integers(count, below: near)
            let (segments, elements) = (Segments.uniform(rowCount: count / 32, elementsPerRow: 32), Buffer(rows))
            return Prepared(rows: count, floor: .scatter(places: rows, tableRows: near)) {
                use(uniqued(segments, elements, domain: near))
            }
        },
    ]
}

private func expandedRows(_ segments: Segments, _ elements: Buffer<Int32>, _ asked: Buffer<Int32>) -> (Segments, Buffer<Int32>) {
    let (found, rows, _) = expand(asked, through: .many(segments, rows: elements, edges: nil))
    return (found, rows)
}

/// Searches in a network whose links do not fit a cache, or do.
func networkKernels(_ size: Size) -> [Kernel] {
    let domain = size == .batch ? 2048 : 1 << 18
    let degree = 12
    func arcs(_ link: LinkIndex) -> (Segments, [Int32]) {
        guard case .many(let segments, let rows, _) = link else { fatalError("the network has many arcs a record") }
        return (segments, rows.array)
    }
    return [
        Kernel("breadth first, 3 hops, \(size)") {
            let link = Generated.network(domain: domain, degree: degree)
            let starts = Buffer(Generated.integers(16, below: domain, seed: 50))
            let search = BreadthFirst([link], domain: domain)
            let each = Segments.uniform(rowCount: starts.count, elementsPerRow: 1)
            let found = search.reached(from: each, starts, lower: 1, upper: 3) { _ in }.rows
            return Prepared(rows: found.count, floor: .gather(places: found.array, tableRows: domain)) {
                use(search.reached(from: each, starts, lower: 1, upper: 3) { _ in })
            }
        },
        Kernel("triangles by intersection, \(size)") {
            let link = climbing(Generated.network(domain: domain, degree: degree), domain: domain)
            let (segments, far) = arcs(link)
            let (from, to) = (segments.parents(), Buffer(far))
            let lists = [Neighbours(link, of: from), Neighbours(link, of: to)]
            return Prepared(rows: far.count, floor: .gather(places: far, tableRows: domain)) {
                use(intersected(lists, rowCount: far.count, above: [], below: [], domain: domain) { _ in })
            }
        },
        Kernel("pagerank, all rounds, \(size)") {
            let network = Network([Generated.network(domain: domain, degree: degree)], domain: domain)
            let places = Generated.integers(network.arcCount, below: domain, seed: 51)
            return Prepared(rows: network.arcCount, floor: .gather(places: places, tableRows: domain)) {
                use(pageRanks(network) {})
            }
        },
        Kernel("components, \(size)") {
            let network = Network([Generated.network(domain: domain, degree: degree)], domain: domain)
            let places = Generated.integers(network.arcCount, below: domain, seed: 52)
            return Prepared(rows: network.arcCount, floor: .gather(places: places, tableRows: domain)) {
                use(components(network) {})
            }
        },
        Kernel("shortest path, \(size)") {
            let link = Generated.network(domain: domain, degree: degree)
            let way = PathWay(link: link, back: link, costs: nil, near: 0..<domain, far: 0..<domain)
            let ends = Generated.integers(64, below: domain, seed: 53)
            let finder = PathFinder([way], nodeCount: domain, within: nil) {}
            return Prepared(rows: ends.count / 2, floor: .gather(places: arcs(link).1, tableRows: domain)) {
                for pair in stride(from: 0, to: ends.count, by: 2) {
                    use(try finder.best(1, from: [ends[pair]], to: [ends[pair + 1]]))
                }
            }
        },
    ]
}
