/// The form of a snapshot file.
///
/// A page with the header; the data, in sections that begin at multiples of 64 bytes; the hashes of the data's blocks. The directory,
/// a section at the end of the data, says what each of the others is. All numbers are little-endian.
///
/// Opening reads the header, the hashes and the directory. A block is compared with its hash when something in it is first used, and
/// every offset, length, code and row number is checked before it leads anywhere: no file can lead to memory outside of it.
package enum SnapshotFormat {
    /// Counts up with every change of the format; nothing is migrated, since a snapshot can always be written again.
    package static let version = 3
    /// Begins with a byte above ASCII and holds both kinds of line breaks, so that no text begins so and a transfer as text shows.
    package static let magic: [UInt8] = [0x8c, 0x63, 0x72, 0x6d, 0x71, 0x0d, 0x0a, 0x1a]
    package static let byteOrderMark: UInt32 = 0x0403_0201
    /// The header has a page of its own, so that blocks are whole pages.
    package static let dataStart = 4096
    /// Four pages: the least that is read and compared at once. A question about one record touches a few dozen.
    package static let blockSize = 16_384
    package static let alignment = 64
    /// Offsets of the header's fields.
    package enum Field {
        package static let version = 8
        package static let byteOrder = 12
        package static let fileSize = 16
        package static let dataEnd = 24
        package static let directoryOffset = 32
        package static let directoryLength = 40
        package static let hashOfHashes = 48
        package static let hashOfHeader = 56
        package static let end = 64
    }

    /// How many blocks the data up to an offset have.
    package static func blockCount(dataEnd: Int) -> Int { (dataEnd - dataStart + blockSize - 1) / blockSize }

    /// Whether a file that begins so is a snapshot.
    package static func begins(_ head: UnsafeBufferPointer<UInt8>) -> Bool { head.starts(with: magic) }
}

/// Where a section stands in the file.
struct Extent: Equatable, Sendable {
    var offset: Int
    var length: Int
    static let empty = Extent(offset: SnapshotFormat.dataStart, length: 0)
}
