import CZlib
import Synchronization
import Testing

@testable import Store

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// Compresses as gzip does.
func packed(_ bytes: [UInt8]) -> [UInt8] {
    var stream = z_stream()
    deflateInit2_(&stream, 6, Z_DEFLATED, 31, 8, Z_DEFAULT_STRATEGY, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size))
    var input = bytes
    var output = [UInt8](repeating: 0, count: bytes.count + 1000)
    let length = input.withUnsafeMutableBufferPointer { source in
        output.withUnsafeMutableBufferPointer { target in
            stream.next_in = source.baseAddress
            stream.avail_in = UInt32(source.count)
            stream.next_out = target.baseAddress
            stream.avail_out = UInt32(target.count)
            deflate(&stream, Z_FINISH)
            return target.count - Int(stream.avail_out)
        }
    }
    deflateEnd(&stream)
    return Array(output.prefix(length))
}

/// Paths, folders, packed files, and what can be wrong with them.
@Suite struct FileTests {
    private func error(_ paths: [String]) -> LoadError? {
        do throws(LoadError) {
            _ = try loadTables(from: paths)
            return nil
        } catch {
            return error
        }
    }

    @Test func aFolderGivesItsFiles() throws {
        let folder = TemporaryFolder()
        folder.write("b.csv", "x\n1\n")
        folder.write("a.tsv", "x\ty\n1\t2\n")
        folder.write("c.jsonl", "{\"x\":1}\n")
        folder.write("d.csv.gz", packed(Array("x\n4\n5\n".utf8)))
        folder.write(".hidden.csv", "x\n1\n")
        folder.write("notes.md", "hello")
        folder.write("schema.crmq", "-- nothing")
        folder.write("empty.csv", "")
        mkdir("\(folder.path)/e.csv", 0o700)
        let sources = try loadTables(from: [folder.path])
        #expect(sources.tables.map(\.name) == ["a", "b", "c", "d"])
        #expect(sources.tables.map(\.origin) == ["a.tsv", "b.csv", "c.jsonl", "d.csv.gz"])
        #expect(sources.schemaText?.text == "-- nothing")
        #expect(sources.problems.map(\.kind) == [.emptyFile])
        #expect(sources.problems[0].origin == "empty.csv")
    }

    @Test func severalPathsAreReadInTheirOrder() throws {
        let folder = TemporaryFolder()
        let paths = [folder.write("z.csv", "x\n1\n"), folder.write("a.csv", "x\n1\n")]
        #expect(try loadTables(from: paths).tables.map(\.name) == ["z", "a"])
    }

    @Test func unknownEndingsAreReadByTheirContent() throws {
        let folder = TemporaryFolder()
        #expect(try loadTables(from: [folder.write("people.export", "a,b\n1,2\n")]).tables[0].name == "people.export")
        #expect(try loadTables(from: [folder.write("rows", "{\"a\":1}")]).tables[0].columns[0].header == "a")
        #expect(try loadTables(from: [folder.write("packed", packed(Array("a,b\n1,2\n".utf8)))]).tables[0].rowCount == 1)
    }

    @Test func errorsSayWhatIsWrong() throws {
        let folder = TemporaryFolder()
        let fifo = "\(folder.path)/pipe.csv"
        mkfifo(fifo, 0o600)
        #expect(error([]) == .nothingGiven)
        #expect(error(["/nowhere/at.csv"]) == .noSuchFile(path: "/nowhere/at.csv"))
        #expect(error([fifo]) == .notAFile(path: fifo))
        #expect(error(["/dev/null"]) == .notAFile(path: "/dev/null"))
        let empty = folder.write("empty.csv", "")
        #expect(error([empty]) == .emptyFile(path: empty))
        let binary = folder.write("x.csv", [0x50, 0x4b, 3, 4, 0, 0, 0, 1, 2, 0, 9, 9, 0])
        #expect(error([binary]) == .notData(path: binary))
        let noDatabase = folder.write("x.sqlite", "hello")
        #expect(error([noDatabase])?.message.contains("SQLite") == true)
        let bare = TemporaryFolder()
        bare.write("readme.md", "hello")
        #expect(error([bare.path]) == .nothingInFolder(path: bare.path, others: ["readme.md"]))
        for problem in [error([]), error([fifo]), error([empty]), error([binary]), error([bare.path])] {
            #expect(problem?.message.isEmpty == false)
            #expect(problem?.help?.isEmpty == false)
        }
    }

    @Test func inAFolderOneBadFileSpoilsNothing() throws {
        let folder = TemporaryFolder()
        folder.write("good.csv", "x\n1\n")
        folder.write("bad.csv", [0, 1, 2, 3, 0, 0, 0])
        folder.write("cut.csv.gz", Array(packed(Array("x\n1\n".utf8)).dropLast(9)))
        mkfifo("\(folder.path)/pipe.csv", 0o600)
        symlink("/nowhere/gone.csv", "\(folder.path)/link.csv")
        let sources = try loadTables(from: [folder.path])
        #expect(sources.tables.map(\.name) == ["good"])
        #expect(sources.problems.map(\.origin) == ["bad.csv", "cut.csv.gz", "link.csv", "pipe.csv"])
        #expect(sources.problems.allSatisfy { $0.kind == .unreadableFile && $0.detail?.isEmpty == false })
    }

    @Test func gzipOfSeveralMembersAndPadding() throws {
        let bytes = packed(Array("a,b\n1,2\n".utf8)) + packed([]) + packed(Array("3,4\n".utf8)) + [0, 0, 0]
        #expect(try load(bytes, as: "t.csv.gz").tables[0].rows == [["1", "2"], ["3", "4"]])
    }

    @Test func brokenGzipIsAnError() throws {
        let whole = packed((0..<5000).flatMap { Array("\($0),x\n".utf8) })
        for cut in [3, 11, whole.count / 2, whole.count - 1] {
            #expect(throws: LoadError.self) { try load(Array(whole.prefix(cut)), as: "t.csv.gz") }
        }
        var flipped = whole
        flipped[whole.count / 2] ^= 0x55
        #expect(throws: LoadError.self) { try load(flipped, as: "t.csv.gz") }
        #expect(throws: LoadError.self) { try load(whole + [7, 7, 7], as: "t.csv.gz") }
    }

    @Test func progressAndInterruption() throws {
        let folder = TemporaryFolder()
        let path = folder.write("t.csv", "a,b\n" + String(repeating: "1,2\n", count: 50_000))
        let calls = Mutex<[Int]>([])
        var options = LoadOptions(threads: 2, progress: { progress in calls.withLock { $0.append(progress.bytesDone) } })
        options.chunkSize = 10_000
        _ = try loadTables(from: [path], options: options)
        let seen = calls.withLock { $0 }
        #expect(seen.count > 10)
        #expect(seen == seen.sorted())
        #expect(seen.last == 200_004)
        #expect(throws: LoadError.cancelled) { try loadTables(from: [path], options: LoadOptions(isCancelled: { true })) }
    }

    @Test func aFileThatShrinksWhileItIsReadIsAnError() throws {
        let folder = TemporaryFolder()
        let path = folder.write("t.csv", "a,b\n" + String(repeating: "1,2\n", count: 50_000))
        var options = LoadOptions(threads: 1, progress: { _ in truncate(path, 1000) })
        options.chunkSize = 4096
        #expect(throws: LoadError.changedWhileReading(path: path)) { try loadTables(from: [path], options: options) }
    }

    @Test func lineNumbersCountFromOneAcrossBlocks() throws {
        let folder = TemporaryFolder()
        let text = String(repeating: "0123456789abcde\n", count: 200_000)
        let source = ByteSource(try OpenFile(path: folder.write("t.csv", text)))
        #expect(try LineNumbers.of([0, 15, 16, 3_199_984, 1 << 20], in: source, newline: 0x0a) == [1, 1, 2, 65_537, 200_000])
    }
}
