/// Kernels over the numbers of the groups that rows belong to, in the order of the rows.
extension Buffer where Element == Int32 {
    /// For each group its first row for which `keys` has a certain number, or -1.
    public func firstPositions(groupCount: Int, where keys: Buffer<Int32>, equals key: Int32) -> Buffer<Int32> {
        precondition(keys.count == count)
        return Buffer(capacity: groupCount) { memory in
            memory.initialize(repeating: -1)
            for position in 0..<count where keys.base[position] == key {
                let group = Int(base[position])
                precondition(group < groupCount)
                if memory[group] < 0 { memory[group] = Int32(truncatingIfNeeded: position) }
            }
            return groupCount
        }
    }
}
