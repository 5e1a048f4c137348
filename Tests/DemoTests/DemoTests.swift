import Testing

@testable import Demo

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

@Suite("The files as a whole")
struct DemoTests {
    @Test("the same scale gives the same bytes, which change only when somebody means them to")
    func bytesAreDeterministic() throws {
        let one = TemporaryDirectory()
        let other = TemporaryDirectory()
        let files = try writeDemo(to: one.path, options: DemoOptions(scale: 0.005))
        #expect(try writeDemo(to: other.path, options: DemoOptions(scale: 0.005)) == files)
        var hash = fingerprint([])
        for file in files {
            let bytes = contents(of: one.path + "/" + file.name)
            #expect(bytes == contents(of: other.path + "/" + file.name), "\(file.name)")
            #expect(bytes.count == file.bytes)
            hash = fingerprint(bytes, from: hash)
        }
        #expect(hash == 7_762_285_515_704_694_219, "if the data was meant to change, put the new number here: \(hash)")
    }

    @Test("every table grows with the scale and none is empty at the smallest")
    func sizesAreMonotone() throws {
        var previous: [Int] = []
        for scale in [0.0001, 0.001, 0.004, 0.01] {
            let directory = TemporaryDirectory()
            let files = try writeDemo(to: directory.path, options: DemoOptions(scale: scale))
            #expect(files.map(\.name) == [Schema.name] + Schema.tables)
            let rows = files.dropFirst().map(\.rows)
            #expect(rows.allSatisfy { $0 > 0 })
            for (less, more) in zip(previous, rows) { #expect(less <= more) }
            for file in files.dropFirst() {
                let table = Table(directory.path, String(file.name.dropLast(4)))
                #expect(table.rows.count == file.rows)
                #expect(table.rows.allSatisfy { $0.count == table.header.count })
            }
            previous = rows
        }
    }

    @Test("at scale 1 there are a million touches")
    func sizesAtOne() {
        let sizes = Sizes(scale: 1)
        #expect(sizes.accounts == 10_000 && sizes.users == 200 && sizes.people == 100_000 && sizes.deals == 60_000)
        #expect(sizes.orders == 500_000 && sizes.touches == 1_000_000 && sizes.tickets == 100_000)
    }

    @Test("a folder is made with those above it, and written again when it is the demo's own")
    func directoriesAreMade() throws {
        let directory = TemporaryDirectory()
        let deep = directory.path + "/a/b/"
        let first = try writeDemo(to: deep, options: DemoOptions(scale: 0.0001))
        let second = try writeDemo(to: deep, options: DemoOptions(scale: 0.0001))
        #expect(first == second)
        for name in [Schema.name] + Schema.tables { unlink(deep + name) }
        rmdir(deep)
        rmdir(directory.path + "/a")
    }
}

@Suite("Errors")
struct DemoErrorTests {
    private func failure(_ directory: String, scale: Double = 0.0001) -> DemoError? {
        do throws(DemoError) {
            _ = try writeDemo(to: directory, options: DemoOptions(scale: scale))
            return nil
        } catch { return error }
    }

    @Test("scales that mean nothing", arguments: [0, -1, .nan, .infinity, 1e9])
    func badScale(scale: Double) {
        let directory = TemporaryDirectory()
        let message = failure(directory.path, scale: scale)?.message ?? ""
        #expect(message.hasPrefix("the scale must be above 0 and at most 1000, not "))
        #expect(directory.entries().isEmpty)
    }

    @Test("a directory that cannot be made says which and why")
    func unwritableDirectory() {
        let directory = TemporaryDirectory()
        let file = directory.path + "/file"
        makeFile(file, "")
        #expect(failure(file + "/below")?.message == "cannot create the directory \(file)/below: Not a directory")
        #expect(failure(file) == .cannotCreate(directory: file, reason: "File exists"))
        #expect(failure("") == .cannotCreate(directory: "\"\"", reason: "the name is empty"))
    }

    @Test("somebody's own tables are never overwritten")
    func foreignFiles() {
        let directory = TemporaryDirectory()
        let path = directory.path + "/orders.csv"
        makeFile(path, "id\n1\n")
        #expect(failure(directory.path) == .notOurs(path: path))
        #expect(failure(directory.path)?.message.hasPrefix(path + " exists and was not written by crmq demo") == true)
        #expect(contents(of: path) == Array("id\n1\n".utf8))
        #expect(directory.entries() == ["orders.csv"])
    }

    #if os(Linux)
        @Test("a full disk is an error, and leaves neither half a table nor its remains")
        func fullDisk() {
            let directory = TemporaryDirectory()
            let path = directory.path + "/touches.csv"
            symlink("/dev/full", path + ".partial")
            #expect(failure(directory.path) == .cannotWrite(path: path, reason: "No space left on device"))
            #expect(!directory.entries().contains { $0.hasPrefix("touches") || $0.hasSuffix(".partial") })
        }
    #endif

    @Test("a closed pipe is an error where the process ignores the signal")
    func closedPipe() {
        signal(SIGPIPE, SIG_IGN)
        var ends: [Int32] = [0, 0]
        #expect(pipe(&ends) == 0)
        close(ends[0])
        defer { close(ends[1]) }
        let error = [UInt8(1), 2, 3].withUnsafeBytes { bytes -> DemoError? in
            do throws(DemoError) {
                try writeAll(bytes, to: ends[1], path: "out")
                return nil
            } catch { return error }
        }
        #expect(error?.message == "cannot write out: Broken pipe")
    }
}
