import CKernels

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// Memory for what is big. Linux backs it with huge pages where it can: a column of a hundred megabytes then takes fifty page faults
/// instead of twenty-five thousand, and hash tables miss the address cache less often.
public enum LargeMemory {
    private static let hugePage = 2 << 20

    /// At least `byteCount` bytes, to be returned by `free`; none where there is not that much.
    public static func allocate(_ byteCount: Int) -> UnsafeMutableRawPointer? {
        #if canImport(Glibc)
            guard byteCount >= 2 * hugePage else { return malloc(max(byteCount, 1)) }
            var memory: UnsafeMutableRawPointer?
            // The last huge page is taken whole where it is used by a quarter, rather than faulting that in page by page.
            let byteCount = byteCount & (hugePage - 1) < hugePage / 4 ? byteCount : (byteCount + hugePage - 1) & ~(hugePage - 1)
            guard posix_memalign(&memory, hugePage, byteCount) == 0 else { return nil }
            // Advice only: where it is not taken, ordinary pages do.
            _ = madvise(memory, byteCount & ~(hugePage - 1), MADV_HUGEPAGE)
            return memory
        #else
            return malloc(max(byteCount, 1))
        #endif
    }

    /// Keeps what is freed for the next question rather than giving it back to the system at once, which would then clear each page and
    /// fault it in anew: up to 256 MB, in pieces of up to 32 MB, which is as much as glibc takes from its heaps.
    public static func keepFreed() { crmq_keep_freed(256 << 20, 32 << 20) }
}
