import Foundation
import FuzzTargets
import Testing
import Types

@testable import Store

/// What was loaded is opened from the cache until it changes.
struct SnapshotCacheTests {
    private let folder = TemporaryFolder()
    private let place = TemporaryFolder()
    private var sources: String { "\(folder.path)/data" }
    private var cacheFolder: String { "\(place.path)/a/cache" }

    init() throws {
        try FileManager.default.createDirectory(atPath: sources, withIntermediateDirectories: true)
        write("accounts.csv", "id,name\nA1,Acme\nA2,Borealis\n")
        write(
            "deals.csv",
            "id,account_id,amount\n" + (0..<50).map { "D\($0),A\($0 % 2 + 1),\($0)\n" }.joined())
    }

    /// Writes a source as if it had been there for a while.
    private func write(_ name: String, _ text: String, secondsAgo: Double = 100) {
        folder.write("data/\(name)", Array(text.utf8))
        age(name, secondsAgo)
    }

    private func age(_ name: String, _ seconds: Double) {
        try? FileManager.default.setAttributes(
            [.modificationDate: Date(timeIntervalSinceNow: -seconds)], ofItemAtPath: "\(sources)/\(name)")
    }

    private var cache: SnapshotCache {
        var cache = SnapshotCache(folder: cacheFolder, program: "test 1")
        cache.leastMilliseconds = 0
        cache.writesAside = false
        return cache
    }

    private func open(_ cache: SnapshotCache) throws -> Store {
        try openStore(paths: [sources], cache: cache)
    }
    private var kept: [String] {
        ((try? FileManager.default.contentsOfDirectory(atPath: cacheFolder)) ?? []).sorted()
    }
    private func isKept(_ store: Store) -> Bool { store.contents is SnapshotContents }

    @Test func theSecondTimeOpensWhatWasKept() throws {
        let first = try open(cache)
        #expect(!isKept(first))
        let second = try open(cache)
        #expect(isKept(second))
        #expect(second.contentsText == first.contentsText)
        #expect(kept.count == 1)
        let mode =
            try FileManager.default.attributesOfItem(atPath: "\(cacheFolder)/\(kept[0])")[
                .posixPermissions] as? Int
        #expect(mode == 0o600)
    }

    @Test func anyChangeLoadsAnew() throws {
        _ = try open(cache)
        let changes: [() throws -> Void] = [
            { self.write("accounts.csv", "id,name\nA1,Acme\nA2,Cobalt\n") },
            { self.age("deals.csv", 50) },
            { self.write("more.csv", "x\n1\n") },
            { try FileManager.default.removeItem(atPath: "\(self.sources)/more.csv") },
            { self.write("schema.crmq", "-- nothing yet\n") },
        ]
        for (number, change) in changes.enumerated() {
            try change()
            #expect(!isKept(try open(cache)), "change \(number)")
            #expect(isKept(try open(cache)), "change \(number)")
            #expect(kept.count == 1)
        }
        var other = cache
        other.program = "test 2"
        #expect(!isKept(try open(other)))
    }

    @Test func whatHasJustChangedIsNotKept() throws {
        write("accounts.csv", "id,name\nA1,Acme\n", secondsAgo: 0)
        _ = try open(cache)
        #expect(kept == [])
    }

    @Test func whatLoadsAtOnceIsNotKept() throws {
        var cache = cache
        cache.leastMilliseconds = 10_000
        _ = try open(cache)
        #expect(kept == [])
    }

    @Test func aCacheThatCannotBeWrittenIsPassedOver() throws {
        place.write("a", Array("a file where the folder should be".utf8))
        #expect(try open(cache).schema.entities.count == 2)
        #expect(try open(cache).schema.entities.count == 2)
    }

    @Test func aBrokenSnapshotIsLoadedAnewAndReplaced() throws {
        let right = try open(cache).contentsText
        let path = "\(cacheFolder)/\(kept[0])"
        try Data(Data(contentsOf: URL(fileURLWithPath: path)).dropLast(9)).write(
            to: URL(fileURLWithPath: path))
        #expect(try open(cache).contentsText == right)
        #expect(isKept(try open(cache)))
    }

    @Test func damageThatShowsLaterRemovesTheSnapshot() throws {
        _ = try open(cache)
        let path = "\(cacheFolder)/\(kept[0])"
        var bytes = try Data(contentsOf: URL(fileURLWithPath: path))
        bytes[SnapshotFormat.dataStart + 3] ^= 1
        try bytes.write(to: URL(fileURLWithPath: path))
        guard let store = try? open(cache) else { return }
        _ = store.contentsText
        if isKept(store) {
            guard case .damagedCache? = store.failure else { throw CocoaError(.fileReadCorruptFile) }
            #expect(kept == [])
        }
        #expect(try open(cache).failure == nil)
    }

    @Test func theLeastUsedGoWhereThereIsTooMuch() throws {
        _ = try open(cache)
        let other = TemporaryFolder()
        other.write("people.csv", Array("id,name\nP1,Ann\n".utf8))
        try FileManager.default.setAttributes(
            [.modificationDate: Date(timeIntervalSinceNow: -100)],
            ofItemAtPath: "\(other.path)/people.csv")
        var small = cache
        small.mostBytes = 1
        _ = try openStore(paths: [other.path], cache: small)
        #expect(kept.count == 1)
        #expect(isKept(try openStore(paths: [other.path], cache: cache)))
    }

    @Test func twoAtOnceBothHaveTheirStore() async throws {
        let sources = sources
        let cache = cache
        let texts = try await withThrowingTaskGroup(of: [String].self) { group in
            for _ in 0..<8 {
                group.addTask { try openStore(paths: [sources], cache: cache).contentsText }
            }
            return try await group.reduce(into: Set<[String]>()) { $0.insert($1) }
        }
        #expect(texts.count == 1)
        #expect(kept.count == 1)
    }
}
