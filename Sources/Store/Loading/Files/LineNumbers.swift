#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// Turns offsets into a file into line numbers. Lines are counted only once something is to be reported: counting them while
/// reading would cost every file what only a broken one needs.
enum LineNumbers {
    static func of(_ offsets: [Int], in source: ByteSource, newline: UInt8) throws(LoadError) -> [Int] {
        let sorted = offsets.sorted()
        guard let last = sorted.last else { return [] }
        let window = Growing<UInt8>(capacity: 1 << 20)
        defer { withExtendedLifetime(window) {} }
        var lines: [Int] = []
        var line = 1
        var done = 0
        while done < last || lines.count < sorted.count {
            let count = min(1 << 20, source.size - done)
            try source.read(from: done, count: count, into: window.base)
            var position = 0
            while lines.count < sorted.count, sorted[lines.count] <= done + count {
                line += newlines(window.base, position, sorted[lines.count] - done, newline)
                position = sorted[lines.count] - done
                lines.append(line)
            }
            line += newlines(window.base, position, count, newline)
            done += count
            if count == 0 { break }
        }
        return lines
    }

    private static func newlines(_ bytes: UnsafePointer<UInt8>, _ lower: Int, _ upper: Int, _ newline: UInt8) -> Int {
        var count = 0
        for index in lower..<max(lower, upper) where bytes[index] == newline { count += 1 }
        return count
    }
}
