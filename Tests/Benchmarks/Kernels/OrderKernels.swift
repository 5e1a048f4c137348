import Columns
import Types

/// What puts rows in an order.
func orderKernels(_ size: Size) -> [Kernel] {
    let count = size.rows
    func sort(_ name: String, _ keys: @escaping () -> [(values: Vector, descending: Bool)], bytes: Int) -> Kernel {
        Kernel("sort by \(name), \(size)") {
            let keys = keys()
            return Prepared(rows: count, floor: .copy(bytes: count * bytes)) { use(sortedRows(keys, count: count)) }
        }
    }
    return [
        sort("a decimal", { [(Generated.amounts(count), true)] }, bytes: 4),
        sort("a double", { [(Generated.doubles(count), false)] }, bytes: 8),
        sort("a word and a date", { [(Generated.codes(count, entries: 12), false), (Generated.dates(count), true)] }, bytes: 5),
        Kernel("top 20 by a decimal, \(size)") {
            let amounts = Generated.amounts(count)
            return Prepared(rows: count, floor: .read(bytes: count * 4)) {
                use(topRows([(amounts, true)], count: count, limit: 20))
            }
        },
        Kernel("running sum, 16 groups, \(size)") {
            let (amounts, groups) = (Generated.amounts(count), Buffer(Generated.integers(count, below: 16)))
            return Prepared(rows: count, floor: .copy(bytes: count * 8)) {
                use(runningSum(amounts, groups: groups, groupCount: 16))
            }
        },
    ]
}
