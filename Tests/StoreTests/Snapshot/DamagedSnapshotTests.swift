import Columns
import Foundation
import FuzzTargets
import Testing
import Types

@testable import Store

/// Whatever the bytes of a snapshot are: an error, or the right answer.
struct DamagedSnapshotTests {
    private let folder = TemporaryFolder()

    /// What a file gives: nothing where it is refused, or where reading it says that it is damaged.
    private func contents(_ bytes: [UInt8]) -> [String]? {
        let path = folder.write("damaged.crmdb", bytes)
        guard let store = try? openSnapshot(path, piecesUpTo: 1_000_000) else { return nil }
        let lines = store.readInPieces() + store.contentsText
        return store.failure == nil ? lines : nil
    }

    @Test func everyTruncationIsAnError() throws {
        let bytes = try snapshotBytes(try manyKindsStore(rows: 20))
        for length in 0..<bytes.count where length < 5000 || length % 61 == 0 || length > bytes.count - 100 {
            #expect(contents(Array(bytes[..<length])) == nil, "\(length) bytes")
        }
        #expect(contents(bytes + [0]) == nil)
    }

    @Test func everyFlippedBitIsAnErrorOrChangesNothing() throws {
        let store = try manyKindsStore(rows: 20)
        let bytes = try snapshotBytes(store)
        let right = try #require(contents(bytes))
        var random = SeededNumbers(1)
        for round in 0..<2500 {
            var changed = bytes
            // The header and the directory, on which everything rests, more often than the rest.
            let place = round % 4 == 0 ? random.next(below: 64) : random.next(below: bytes.count)
            changed[place] ^= 1 << UInt8(random.next(below: 8))
            if let found = contents(changed) { #expect(found == right, "bit of byte \(place)") }
        }
    }

    @Test func noBytesThatPassTheirHashesDoHarm() throws {
        let bytes = try snapshotBytes(try manyKindsStore(rows: 20))
        let directory = Int(
            bytes.withUnsafeBytes { $0.load(fromByteOffset: SnapshotFormat.Field.directoryOffset, as: Int64.self) })
        let dataEnd = Int(bytes.withUnsafeBytes { $0.load(fromByteOffset: SnapshotFormat.Field.dataEnd, as: Int64.self) })
        var random = SeededNumbers(2)
        var opened = 0
        for round in 0..<2500 {
            var changed = bytes
            for _ in 0...random.next(below: 3) {
                let place =
                    round % 3 == 0
                    ? SnapshotFormat.dataStart + random.next(below: directory - SnapshotFormat.dataStart)
                    : directory + random.next(below: dataEnd - directory)
                changed[place] =
                    random.next(below: 2) == 0 ? UInt8(random.next(below: 256)) : [0, 1, 0x7f, 0x80, 0xff][random.next(below: 5)]
            }
            if contents(sealed(changed)) != nil { opened += 1 }
        }
        // Some changes are harmless, such as those of a name; that none was would mean that nothing but hashes was tested.
        #expect(opened > 50)
    }

    @Test func aFileOfAnotherFormatSaysSo() throws {
        var bytes = try snapshotBytes(try manyKindsStore(rows: 20))
        bytes[SnapshotFormat.Field.version] = 200
        let path = folder.write("later.crmdb", bytes)
        #expect(throws: SnapshotError.otherVersion(path: path, found: 200)) { try openStore(paths: [path]) }
    }

    @Test func damageIsToldWhenItIsMet() throws {
        let path = folder.write("ok.crmdb", try snapshotBytes(try manyKindsStore(rows: 2000)))
        var bytes = [UInt8](try Data(contentsOf: URL(fileURLWithPath: path)))
        bytes[SnapshotFormat.dataStart + 70_000] ^= 4
        let damaged = try openSnapshot(folder.write("damaged.crmdb", bytes))
        #expect(damaged.failure == nil)
        _ = damaged.contentsText
        #expect(damaged.failure != nil)
    }
}

/// Numbers that are the same in every run.
struct SeededNumbers {
    private var state: UInt64
    init(_ seed: UInt64) { state = seed &* 0x9E37_79B9_7F4A_7C15 }

    mutating func next(below limit: Int) -> Int {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        return Int((state >> 33) % UInt64(limit))
    }
}
