/// Where the text of a table comes from: a file as it is, or memory that holds it unpacked or transcoded to UTF-8.
final class ByteSource: @unchecked Sendable {
    private enum Place {
        case file(OpenFile)
        case memory(Growing<UInt8>)
    }
    private let place: Place
    let path: String
    let size: Int

    init(_ file: OpenFile) {
        place = .file(file)
        path = file.path
        size = file.size
    }

    /// `bytes` is not changed from here on.
    init(_ bytes: Growing<UInt8>, path: String) {
        place = .memory(bytes)
        self.path = path
        size = bytes.count
    }

    /// Copies `count` bytes to private memory, where they may be changed.
    func read(from offset: Int, count: Int, into memory: UnsafeMutablePointer<UInt8>) throws(LoadError) {
        precondition(offset >= 0 && count >= 0 && offset + count <= size)
        switch place {
        case .file(let file): try file.read(from: offset, count: count, into: memory)
        case .memory(let bytes): memory.update(from: bytes.base + offset, count: count)
        }
    }

    /// The first bytes, at most `count`.
    func head(_ count: Int) throws(LoadError) -> Growing<UInt8> {
        let bytes = Growing<UInt8>(capacity: min(count, size))
        bytes.count = min(count, size)
        try read(from: 0, count: bytes.count, into: bytes.base)
        return bytes
    }

    func checkUnchanged() throws(LoadError) {
        if case .file(let file) = place { try file.checkUnchanged() }
    }
}
