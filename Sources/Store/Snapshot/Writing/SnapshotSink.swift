import Columns

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// A snapshot file as it is written: to a temporary file beside its place, which takes the place only when everything is on the disk.
/// Whatever goes wrong, what stood at the place before still does, and nothing else is left behind.
final class SnapshotSink {
    private let path: String
    private let temporary: String
    private var descriptor: Int32
    /// What is not yet written; whole blocks leave it.
    private var pending: [UInt8] = []
    private var hashes: [UInt64] = []
    /// The offset in the file of the end of `pending`.
    private(set) var offset = SnapshotFormat.dataStart

    init(path: String, isPrivate: Bool = false) throws(SnapshotError) {
        self.path = path
        temporary = "\(path).\(getpid()).\(UInt32.random(in: 0...UInt32.max)).partial"
        descriptor = open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, isPrivate ? 0o600 : 0o666)
        guard descriptor >= 0 else { throw .system(path: path, action: "written", number: errno) }
        pending.reserveCapacity(1 << 21)
        do throws(SnapshotError) {
            try send([UInt8](repeating: 0, count: SnapshotFormat.dataStart)[...])
        } catch {
            discard()
            throw error
        }
    }

    deinit { discard() }

    /// Removes the temporary file; nothing happens where it has taken its place already.
    func discard() {
        guard descriptor >= 0 else { return }
        close(descriptor)
        descriptor = -1
        unlink(temporary)
    }

    /// Writes a section.
    func section(_ bytes: UnsafeRawBufferPointer) throws(SnapshotError) -> Extent {
        let extent = Extent(offset: offset, length: bytes.count)
        var done = 0
        while done < bytes.count {
            let part = min(bytes.count - done, 1 << 20)
            pending.append(contentsOf: bytes[done..<(done + part)])
            offset += part
            done += part
            if pending.count >= 1 << 20 { try flushBlocks() }
        }
        align()
        return extent
    }

    func section<Element>(_ elements: UnsafeBufferPointer<Element>) throws(SnapshotError) -> Extent {
        try section(UnsafeRawBufferPointer(elements))
    }

    func section<Element: BitwiseCopyable>(_ elements: [Element]) throws(SnapshotError) -> Extent {
        let written: Result<Extent, SnapshotError> = elements.withUnsafeBytes { bytes in
            do throws(SnapshotError) { return .success(try section(bytes)) } catch { return .failure(error) }
        }
        return try written.get()
    }

    private func align() {
        let padding = (SnapshotFormat.alignment - offset % SnapshotFormat.alignment) % SnapshotFormat.alignment
        pending.append(contentsOf: repeatElement(0, count: padding))
        offset += padding
    }

    private func flushBlocks() throws(SnapshotError) {
        let whole = pending.count / SnapshotFormat.blockSize * SnapshotFormat.blockSize
        hash(upTo: whole)
        try send(pending[..<whole])
        pending.removeFirst(whole)
    }

    private func hash(upTo end: Int) {
        pending.withUnsafeBytes { bytes in
            var start = 0
            while start < end {
                let length = min(SnapshotFormat.blockSize, end - start)
                hashes.append(BlockHash.hash(bytes.baseAddress! + start, length).littleEndian)
                start += length
            }
        }
    }

    /// Ends the data with the directory, and puts the file in its place.
    func finish(directory: [UInt8]) throws(SnapshotError) {
        let directory = try section(directory)
        let dataEnd = offset
        hash(upTo: pending.count)
        try send(pending[...])
        pending = []
        let table = hashes.withUnsafeBytes { Array($0) }
        try send(table[...])
        try writeHeader(dataEnd: dataEnd, directory: directory, table: table)
        guard fsync(descriptor) == 0 else { throw failure() }
        guard close(descriptor) == 0 else {
            descriptor = -1
            let error = failure()
            unlink(temporary)
            throw error
        }
        descriptor = -1
        guard rename(temporary, path) == 0 else {
            let error = failure()
            unlink(temporary)
            throw error
        }
    }

    private func writeHeader(dataEnd: Int, directory: Extent, table: [UInt8]) throws(SnapshotError) {
        typealias Field = SnapshotFormat.Field
        var header = [UInt8](repeating: 0, count: Field.end)
        header.withUnsafeMutableBytes { bytes in
            func put(_ value: some FixedWidthInteger, _ offset: Int) {
                bytes.storeBytes(of: value.littleEndian, toByteOffset: offset, as: type(of: value))
            }
            bytes.copyBytes(from: SnapshotFormat.magic)
            put(UInt32(SnapshotFormat.version), Field.version)
            put(SnapshotFormat.byteOrderMark, Field.byteOrder)
            put(UInt64(dataEnd + table.count), Field.fileSize)
            put(UInt64(dataEnd), Field.dataEnd)
            put(UInt64(directory.offset), Field.directoryOffset)
            put(UInt64(directory.length), Field.directoryLength)
            put(
                table.withUnsafeBytes { table in
                    table.baseAddress.map { BlockHash.hash($0, table.count) } ?? BlockHash.hash(bytes.baseAddress!, 0)
                }, Field.hashOfHashes)
            put(BlockHash.hash(bytes.baseAddress!, Field.hashOfHeader), Field.hashOfHeader)
        }
        guard lseek(descriptor, 0, SEEK_SET) == 0 else { throw failure() }
        try send(header[...])
    }

    private func failure() -> SnapshotError { .system(path: path, action: "written", number: errno) }

    private func send(_ bytes: ArraySlice<UInt8>) throws(SnapshotError) {
        let number: Int32 = bytes.withUnsafeBytes { bytes in
            var done = 0
            while done < bytes.count {
                let sent = write(descriptor, bytes.baseAddress! + done, bytes.count - done)
                if sent > 0 {
                    done += sent
                } else if sent == 0 {
                    return ENOSPC
                } else if errno != EINTR {
                    return errno
                }
            }
            return 0
        }
        guard number == 0 else { throw .system(path: path, action: "written", number: number) }
    }
}
