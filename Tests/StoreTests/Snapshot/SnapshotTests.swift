import Columns
import Foundation
import FuzzTargets
import Testing
import Types

@testable import Store

/// A snapshot holds what the store held, whichever way it is read.
struct SnapshotTests {
    private let folder = TemporaryFolder()

    private func packed(_ store: Store, _ name: String = "book.crmdb", readsPieces: Bool = false) throws -> Store {
        let path = "\(folder.path)/\(name)"
        try writeSnapshot(of: store, to: path)
        return try openSnapshot(path, piecesUpTo: readsPieces ? 1_000_000 : 1 / 32)
    }

    @Test func everythingComesBack() throws {
        let store = try manyKindsStore()
        let again = try packed(store)
        #expect(again.contentsText == store.contentsText)
        #expect(again.failure == nil)
        let twice = try packed(again, "again.crmdb")
        #expect(twice.contentsText == store.contentsText)
    }

    @Test func aFewRowsAreWhatTheyAreAmongAll() throws {
        let store = try manyKindsStore()
        let pieces = try packed(store, readsPieces: true)
        #expect(pieces.readInPieces() == store.readInPieces())
        #expect(pieces.failure == nil)
    }

    @Test func textsBeyondOneChunkComeBack() throws {
        // More texts than are written out at once by one thread, with symbols, an index, and numbers that do not count up.
        let rows = 3 * PackedTexts.chunk + 17
        var text = "id,note,code"
        for row in 0..<rows { text += "\nK\((row * 7919) % 100_003),note number \(row) – très long \(row % 13),x\(row * 3)" }
        let store = try store([table("notes", text)])
        let again = try packed(store)
        #expect(again.contentsText == store.contentsText)
        let pieces = try packed(store, "pieces.crmdb", readsPieces: true)
        let note = FieldID(EntityID(0), 1)
        let code = FieldID(EntityID(0), 2)
        #expect(pieces.rows(where: note, equals: "note number 40000 – très long 12")?.array == [40000])
        #expect(pieces.rows(where: note, equals: "note number 40000")?.array == [])
        #expect(pieces.rows(where: code, equals: "x120000")?.array == [40000])
        for wrong in ["x120001", "x0120000", "x", "y3", "x-3", "x99999999999999999999", ""] {
            #expect(pieces.rows(where: code, equals: wrong)?.array == [], "\(wrong)")
        }
        #expect(pieces.failure == nil)
    }

    @Test func integersComeBackAtEveryWidth() throws {
        let edges: [[Int64]] = [
            [], [7], [5, 5, 5], [-1, 0, 1, 2], [0, 255], [-1, 254], [0, 65_536], [3, 1 << 24], [0, 1 << 31, 1], [1 << 40, 0],
            [Int64.min, Int64.max, 0], [Int64.max, Int64.max - 1], [1_000_000, 7_000_000, 3_000_000_000_000],
        ]
        for values in edges {
            let path = "\(folder.path)/integers"
            let sink = try SnapshotSink(path: path)
            let packed = try PackedIntegers.pack(count: values.count, to: sink, findsStep: true) { values[$0] }
            try sink.finish(directory: [1])
            let file = try SnapshotFile(path: path)
            #expect(try packed.all(Int64.self, within: Int64.min...Int64.max, in: file).array == values)
            for (index, value) in values.enumerated() { #expect(try packed.value(at: index, in: file) == value) }
            guard let least = values.min(), least > Int64.min else { continue }
            #expect(throws: SnapshotError.self) {
                try packed.all(Int64.self, within: (least - 1)...(values.max()! - 1), in: file)
            }
        }
    }

    /// Sections of several pieces, which threads share: what they hold comes back, and damage in any of them is found.
    @Test func largeSectionsAreReadByThreads() throws {
        let count = 2_300_001
        for (highest, step) in [(Int64(200), Int64(1)), (60_000, 1), (1 << 23, 1), (1 << 23, 7), (1 << 31, 1)] {
            let values = (0..<count).map { (Int64($0) &* 7_919 % highest) * step - 5 } + [highest * step - 5]
            let path = "\(folder.path)/large"
            let sink = try SnapshotSink(path: path)
            let packed = try PackedIntegers.pack(count: values.count, to: sink, findsStep: true) { values[$0] }
            try sink.finish(directory: [1])
            let bounds = -5...(highest * step - 5)
            for threads in [1, 3] {
                let file = try SnapshotFile(path: path, threads: threads)
                let all = try packed.all(Int64.self, within: bounds, in: file)
                #expect(all.pointer.elementsEqual(values), "up to \(highest) by \(step), \(threads) threads")
                if bounds.upperBound <= Int64(Int32.max) {
                    let narrow = try packed.all(Int32.self, within: bounds, in: file)
                    #expect(narrow.pointer.elementsEqual(values.lazy.map { Int32($0) }), "up to \(highest) by \(step)")
                }
                #expect(throws: SnapshotError.self) { try packed.all(Int64.self, within: -5...(highest * step - 6), in: file) }
            }
            var bytes = [UInt8](try Data(contentsOf: URL(fileURLWithPath: path)))
            bytes[SnapshotFormat.dataStart + packed.extent.length - 9] ^= 1
            let damaged = folder.write("large-damaged", bytes)
            for threads in [1, 3] {
                let file = try SnapshotFile(path: damaged, threads: threads)
                #expect(throws: SnapshotError.self) { try packed.all(Int64.self, within: bounds, in: file) }
                #expect(throws: SnapshotError.self) { try file.bytes(packed.extent) }
            }
        }
    }

    /// A look-up reads the text of every candidate, so there must not be many of them.
    @Test func anIndexGivesFewCandidates() throws {
        let texts = (0..<20_000).map { "person.\($0)@company\($0 % 977).example" }
        var builder = TextStorageBuilder()
        for text in texts { builder.append(text) }
        let path = "\(folder.path)/index"
        let sink = try SnapshotSink(path: path)
        let index = try PackedTextIndex(builder.finish(), isPresent: { _ in true }, to: sink)
        try sink.finish(directory: [1])
        let file = try SnapshotFile(path: path)
        var candidates = 0
        for row in stride(from: 0, to: texts.count, by: 10) {
            let found = try index.candidates(for: Array(texts[row].utf8), rowCount: texts.count, in: file)
            #expect(found.contains(Int32(row)))
            candidates += found.count
        }
        #expect(candidates < 2200)
    }

    @Test func symbolsShortenAndComeBack() throws {
        let texts =
            (0..<2000).map { "Re: \(["pricing", "renewal – été", "漢字"][$0 % 3]) with the board #\($0)" } + ["", "\u{0}", "🜁"]
        var builder = TextStorageBuilder()
        for text in texts { builder.append(text) }
        let storage = builder.finish()
        let table = SymbolTable.trained(on: storage)
        let encoder = SymbolEncoder(table)
        var stored = 0
        for text in texts {
            let bytes = Array(text.utf8)
            let code = [UInt8](unsafeUninitializedCapacity: bytes.count * 2 + 1) { memory, count in
                count = bytes.withUnsafeBufferPointer { encoder.encode($0, to: memory.baseAddress!) } - memory.baseAddress!
            }
            stored += code.count
            var back: [UInt8] = []
            #expect(code.withUnsafeBytes { code in table.bytes.withUnsafeBytes { SymbolTable.append(code, by: $0, to: &back) } })
            #expect(back == bytes)
        }
        #expect(stored * 2 < storage.bytes.count)
    }

    // MARK: Places

    @Test func itReplacesWhatWasThereAndLeavesNothingElse() throws {
        let store = try manyKindsStore(rows: 20)
        _ = try packed(store)
        let again = try packed(store)
        #expect(again.contentsText == store.contentsText)
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == ["book.crmdb"])
    }

    @Test func aPlaceThatCannotBeWrittenIsAnError() throws {
        let store = try manyKindsStore(rows: 20)
        #expect(throws: SnapshotError.system(path: "\(folder.path)/none/book.crmdb", action: "written", number: ENOENT)) {
            try writeSnapshot(of: store, to: "\(folder.path)/none/book.crmdb")
        }
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == [])
    }

    @Test func openedBesideOtherSourcesItIsAnError() throws {
        let path = "\(folder.path)/book.crmdb"
        try writeSnapshot(of: try manyKindsStore(rows: 20), to: path)
        folder.write("more.csv", Array("a,b\n1,2\n".utf8))
        #expect(throws: SnapshotError.mixed(path: path)) { try openStore(paths: ["\(folder.path)/more.csv", path]) }
        #expect(try openStore(paths: [path]).schema.entities.count == 4)
    }
}
