import Columns
import Store
import Types

/// Whatever a snapshot says that passes its hashes, it is an error or a store that keeps its rules.
///
/// The input is the length of the directory in two bytes, the directory, and the data: the header and the hashes are made to fit, since no
/// mutation would get past them.
func snapshotFault(_ input: [UInt8]) -> String? {
    let folder = ScratchFolder.shared
    folder.empty()
    folder.write("book.crmdb", snapshotFile(input)[...])
    let path = folder.path + "/book.crmdb"
    guard let whole = try? openSnapshot(path), let pieces = try? openSnapshot(path, piecesUpTo: 1_000_000) else { return nil }
    // A few bytes can say that a value stands in each of a billion rows, which is no fault, but takes too long to look at.
    guard whole.schema.entities.allSatisfy({ $0.rowCount <= 2000 }), whole.schema.entities.count <= 50 else { return nil }
    // What is looked up rests on indexes and orders that the file claims, and that to check would be to read all of it.
    _ = pieces.readInPieces()
    let wholeLines = whole.contentsText
    let fault = soundnessFault(whole)
    let piecesLines = pieces.contentsText
    guard whole.failure == nil, pieces.failure == nil else { return nil }
    return fault ?? difference(wholeLines, piecesLines).map { "read first in pieces it differs: \($0)" }
}

/// The file of an input: a header that fits, the data, the directory and their hashes.
private func snapshotFile(_ input: [UInt8]) -> [UInt8] {
    typealias Field = SnapshotFormat.Field
    let length = input.count < 2 ? 0 : min(Int(input[0]) | Int(input[1]) << 8, input.count - 2)
    let directory = input.dropFirst(2).prefix(length)
    func align(_ bytes: inout [UInt8]) {
        bytes.append(contentsOf: repeatElement(0, count: -bytes.count & (SnapshotFormat.alignment - 1)))
    }
    var bytes = [UInt8](repeating: 0, count: SnapshotFormat.dataStart)
    bytes += input.dropFirst(2 + length)
    align(&bytes)
    let offset = bytes.count
    bytes += directory
    align(&bytes)
    let end = bytes.count
    bytes += [UInt8](repeating: 0, count: SnapshotFormat.blockCount(dataEnd: end) * 8)
    let size = bytes.count
    bytes.withUnsafeMutableBytes { all in
        all.copyBytes(from: SnapshotFormat.magic)
        func put(_ value: some FixedWidthInteger, _ offset: Int) {
            all.storeBytes(of: value.littleEndian, toByteOffset: offset, as: type(of: value))
        }
        put(UInt32(SnapshotFormat.version), Field.version)
        put(SnapshotFormat.byteOrderMark, Field.byteOrder)
        put(UInt64(size), Field.fileSize)
        put(UInt64(end), Field.dataEnd)
        put(UInt64(offset), Field.directoryOffset)
        put(UInt64(length), Field.directoryLength)
    }
    return sealed(bytes)
}

/// The input that stands for a snapshot's file.
func snapshotInput(ofFile bytes: [UInt8]) -> [UInt8] {
    func number(_ offset: Int) -> Int { bytes.withUnsafeBytes { Int($0.loadUnaligned(fromByteOffset: offset, as: Int64.self)) } }
    let offset = number(SnapshotFormat.Field.directoryOffset)
    let length = number(SnapshotFormat.Field.directoryLength)
    return [UInt8(length & 0xff), UInt8(length >> 8 & 0xff)] + bytes[offset..<(offset + length)]
        + bytes[SnapshotFormat.dataStart..<offset]
}

/// Makes the hashes of changed bytes right again, as one would who means harm: what the contents say is then all that can be checked.
public func sealed(_ bytes: [UInt8]) -> [UInt8] {
    typealias Field = SnapshotFormat.Field
    var bytes = bytes
    bytes.withUnsafeMutableBytes { all in
        func number(_ offset: Int) -> Int { Int(all.loadUnaligned(fromByteOffset: offset, as: Int64.self)) }
        let end = number(Field.dataEnd)
        guard end >= SnapshotFormat.dataStart, end <= all.count, SnapshotFormat.blockCount(dataEnd: end) * 8 == all.count - end
        else {
            return
        }
        for block in 0..<SnapshotFormat.blockCount(dataEnd: end) {
            let start = SnapshotFormat.dataStart + block * SnapshotFormat.blockSize
            let hash = BlockHash.hash(UnsafeRawPointer(all.baseAddress!) + start, min(SnapshotFormat.blockSize, end - start))
            all.storeBytes(of: hash, toByteOffset: end + block * 8, as: UInt64.self)
        }
        let table = BlockHash.hash(UnsafeRawPointer(all.baseAddress!) + end, all.count - end)
        all.storeBytes(of: table, toByteOffset: Field.hashOfHashes, as: UInt64.self)
        let header = BlockHash.hash(UnsafeRawPointer(all.baseAddress!), Field.hashOfHeader)
        all.storeBytes(of: header, toByteOffset: Field.hashOfHeader, as: UInt64.self)
    }
    return bytes
}
