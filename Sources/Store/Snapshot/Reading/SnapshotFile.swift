import Columns
import Synchronization

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// A mapped snapshot file. Its blocks are compared with their hashes when they are first asked for, so that opening reads a few pages
/// however large the file is, and what a question does not touch is never read.
final class SnapshotFile: MemoryOwner, @unchecked Sendable {
    let path: String
    let size: Int
    let dataEnd: Int
    let directory: Extent
    /// How many threads read what is large.
    let threads: Int
    private let isCached: Bool
    private let base: UnsafeRawPointer
    private let blockCount: Int
    /// How many bytes a piece has that is compared with its hashes and then looked at: less than a core's cache holds.
    private static let pieceSize = 1 << 19
    /// From how many bytes on threads share a section: to start one takes as long as to read a tenth of that.
    private static let sharedSize = 1 << 21
    /// A bit a block that was found to be sound. Two threads may compare a block at once; both come to the same result.
    private let sound: UnsafeMutablePointer<Atomic<UInt64>>
    private let soundCount: Int

    /// Whether a file is a snapshot, by its first bytes; false as well where it cannot be read, which loading then says.
    static func isSnapshot(_ path: String) -> Bool {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        guard descriptor >= 0 else { return false }
        defer { close(descriptor) }
        return withUnsafeTemporaryAllocation(of: UInt8.self, capacity: SnapshotFormat.magic.count) { head in
            guard read(descriptor, head.baseAddress, head.count) == head.count else { return false }
            return SnapshotFormat.begins(UnsafeBufferPointer(head))
        }
    }

    init(path: String, threads: Int = 1, isCached: Bool = false) throws(SnapshotError) {
        let mapping = try Mapping(path: path)
        self.path = path
        self.threads = threads
        self.isCached = isCached
        size = mapping.size
        base = mapping.base
        let header: Header
        do throws(SnapshotError) {
            header = try Header(base, size: mapping.size, path: path)
        } catch {
            munmap(UnsafeMutableRawPointer(mutating: mapping.base), mapping.size)
            throw error
        }
        dataEnd = header.dataEnd
        directory = header.directory
        blockCount = SnapshotFormat.blockCount(dataEnd: header.dataEnd)
        soundCount = (blockCount + 63) / 64
        sound = .allocate(capacity: max(soundCount, 1))
        for index in 0..<soundCount { (sound + index).initialize(to: Atomic(0)) }
    }

    deinit {
        sound.deinitialize(count: soundCount)
        sound.deallocate()
        munmap(UnsafeMutableRawPointer(mutating: base), size)
    }

    /// The error for bytes that are not what they should be. A cached snapshot is removed, so that the next attempt does without it.
    func damage(_ part: String) -> SnapshotError {
        guard isCached else { return .damaged(path: path, part: part) }
        unlink(path)
        return .damagedCache(path: path, part: part)
    }

    /// The bytes of a section, compared with their hashes.
    func bytes(_ extent: Extent) throws(SnapshotError) -> UnsafeRawBufferPointer {
        try forEachPiece(of: extent, width: 1) { _, _ in }
        return try place(extent, from: 0, count: extent.length)
    }

    /// Some bytes of a section; only the blocks that they lie in are compared.
    func bytes(_ extent: Extent, from: Int, count: Int) throws(SnapshotError) -> UnsafeRawBufferPointer {
        let bytes = try place(extent, from: from, count: count)
        let offset = extent.offset + from
        if count > 0 { try check(from: offset, to: offset + count) }
        return bytes
    }

    /// Where some bytes of a section stand, not compared with anything yet.
    func place(_ extent: Extent, from: Int, count: Int) throws(SnapshotError) -> UnsafeRawBufferPointer {
        guard extent.offset >= SnapshotFormat.dataStart, extent.length >= 0, extent.length <= dataEnd - extent.offset, from >= 0,
            count >= 0, count <= extent.length - from
        else { throw damage("a section reaches beyond its data") }
        return UnsafeRawBufferPointer(start: base + extent.offset + from, count: count)
    }

    /// The elements of a section, in place.
    func buffer<Element>(_ extent: Extent, of type: Element.Type, count: Int) throws(SnapshotError) -> Buffer<Element> {
        guard extent.length == count * MemoryLayout<Element>.stride else { throw damage("a section has the wrong length") }
        let bytes = try bytes(extent)
        return Buffer(owner: self, base: bytes.baseAddress!.assumingMemoryBound(to: type), count: count)
    }

    /// Calls `body` for one piece of a section after another, with the numbers of its elements, of so many bytes each, and where they stand.
    /// What a piece holds was compared with its hashes just before, so that it is in the cache still. The pieces of a large section are
    /// shared by several threads.
    func forEachPiece(
        of extent: Extent, width: Int, _ body: @escaping @Sendable (_ elements: Range<Int>, _ bytes: UnsafeRawPointer) -> Void
    ) throws(SnapshotError) {
        let count = extent.length / width
        let size = Self.pieceSize / width
        let pieces = (count + size - 1) / size
        let failure = FirstFailure()
        Parallel.forEach(pieces, threads: extent.length >= Self.sharedSize ? threads : 1) { [self] piece, _ in
            let elements = (piece * size)..<min((piece + 1) * size, count)
            guard !failure.isSet else { return }
            do throws(SnapshotError) {
                let bytes = try bytes(extent, from: elements.lowerBound * width, count: elements.count * width)
                body(elements, bytes.baseAddress!)
            } catch {
                failure.note(error)
            }
        }
        if let error = failure.error { throw error }
    }

    private func check(from lower: Int, to upper: Int) throws(SnapshotError) {
        let first = (lower - SnapshotFormat.dataStart) / SnapshotFormat.blockSize
        let last = (upper - 1 - SnapshotFormat.dataStart) / SnapshotFormat.blockSize
        if last - first >= 16 { populate(lower, upper) }
        for block in first...last {
            let bit: UInt64 = 1 << UInt64(block & 63)
            if sound[block >> 6].load(ordering: .relaxed) & bit != 0 { continue }
            let start = SnapshotFormat.dataStart + block * SnapshotFormat.blockSize
            let length = min(SnapshotFormat.blockSize, dataEnd - start)
            let expected = base.load(fromByteOffset: dataEnd + block * 8, as: UInt64.self)
            guard BlockHash.hash(base + start, length) == UInt64(littleEndian: expected) else {
                throw damage("the bytes from \(start) to \(start + length) are not those that were written")
            }
            sound[block >> 6].bitwiseOr(bit, ordering: .relaxed)
        }
    }

    /// Maps the pages of a run at once rather than by a fault each few of them.
    private func populate(_ lower: Int, _ upper: Int) {
        #if canImport(Glibc)
            let start = lower & ~4095
            // MADV_POPULATE_READ of Linux 5.14; where it is not known, pages fault in as they are touched.
            _ = madvise(UnsafeMutableRawPointer(mutating: base + start), upper - start, 22)
        #endif
    }
}

/// The first failure of several threads that read parts of a section.
private final class FirstFailure: Sendable {
    private let kept = Mutex<SnapshotError?>(nil)
    private let flag = Atomic<Bool>(false)

    var error: SnapshotError? { kept.withLock { $0 } }
    var isSet: Bool { flag.load(ordering: .relaxed) }

    func note(_ error: SnapshotError) {
        kept.withLock { $0 = $0 ?? error }
        flag.store(true, ordering: .relaxed)
    }
}

/// A file mapped to be read.
private struct Mapping {
    let base: UnsafeRawPointer
    let size: Int

    init(path: String) throws(SnapshotError) {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        guard descriptor >= 0 else { throw .system(path: path, action: "opened", number: errno) }
        defer { close(descriptor) }
        var status = stat()
        guard fstat(descriptor, &status) == 0 else { throw .system(path: path, action: "read", number: errno) }
        size = Int(status.st_size)
        guard status.st_mode & S_IFMT == S_IFREG, size >= SnapshotFormat.dataStart else {
            throw .cutShort(path: path, expected: SnapshotFormat.dataStart, found: size)
        }
        let address = mmap(nil, size, PROT_READ, MAP_PRIVATE, descriptor, 0)
        guard let address, address != MAP_FAILED else { throw .system(path: path, action: "mapped", number: errno) }
        base = UnsafeRawPointer(address)
    }
}

/// The header, checked: everything in it lies within the file.
private struct Header {
    let dataEnd: Int
    let directory: Extent

    init(_ base: UnsafeRawPointer, size: Int, path: String) throws(SnapshotError) {
        typealias Field = SnapshotFormat.Field
        func number(_ offset: Int) -> UInt64 { UInt64(littleEndian: base.load(fromByteOffset: offset, as: UInt64.self)) }
        let head = UnsafeBufferPointer(start: base.assumingMemoryBound(to: UInt8.self), count: SnapshotFormat.magic.count)
        guard SnapshotFormat.begins(head) else { throw .damaged(path: path, part: "it does not begin as a snapshot") }
        let version = UInt32(littleEndian: base.load(fromByteOffset: Field.version, as: UInt32.self))
        guard version == SnapshotFormat.version else { throw .otherVersion(path: path, found: Int(version)) }
        guard number(Field.hashOfHeader) == BlockHash.hash(base, Field.hashOfHeader) else {
            throw .damaged(path: path, part: "its header is not what was written")
        }
        guard let expected = Int(exactly: number(Field.fileSize)), expected == size else {
            throw .cutShort(path: path, expected: Int(clamping: number(Field.fileSize)), found: size)
        }
        guard base.load(fromByteOffset: Field.byteOrder, as: UInt32.self).littleEndian == SnapshotFormat.byteOrderMark,
            let end = Int(exactly: number(Field.dataEnd)), end >= SnapshotFormat.dataStart, end <= size, end % 64 == 0,
            size - end == SnapshotFormat.blockCount(dataEnd: end) * 8,
            let offset = Int(exactly: number(Field.directoryOffset)), offset >= SnapshotFormat.dataStart, offset <= end,
            let length = Int(exactly: number(Field.directoryLength)), length <= end - offset
        else { throw .damaged(path: path, part: "its header does not fit the file") }
        guard BlockHash.hash(base + end, size - end) == number(Field.hashOfHashes) else {
            throw .damaged(path: path, part: "its table of hashes is not what was written")
        }
        dataEnd = end
        directory = Extent(offset: offset, length: length)
    }
}
