import Foundation
import Oracle
import Testing

/// The same questions asked of crmq and, in SQL, of SQLite.
struct SQLiteTests {
    @Test func handwrittenPairsAgree() throws {
        let bench = try Workbench(Fixtures.nastyStore())
        let database = try Database(bench.reference)
        #expect(HandwrittenPairs.all.count >= 60)
        for pair in HandwrittenPairs.all {
            if let complaint = bench.complaint(pair, database, Configuration.all) { Issue.record("\(complaint)") }
        }
    }

    @Test func generatedPairsAgreeOnTheNastyStore() throws {
        try compare(Workbench(Fixtures.nastyStore()), count: 1500, seed: 11)
    }

    @Test func generatedPairsAgreeOnTheDemoStore() throws { try compare(Workbench(Fixtures.demoStore()), count: 500, seed: 12) }

    private func compare(_ bench: Workbench, count: Int, seed: UInt64) throws {
        let database = try Database(bench.reference)
        var generator = PairGenerator(bench.reference, seed: seed)
        var failures = 0
        for index in 0..<count where failures < 10 {
            let configuration = Configuration.all[index % Configuration.all.count]
            guard let complaint = bench.complaint(generator.pair(), database, [configuration]) else { continue }
            failures += 1
            Issue.record("pair \(index) of seed \(seed): \(complaint)")
        }
    }
}

extension Workbench {
    /// What crmq says otherwise than SQLite.
    func complaint(_ pair: QueryPair, _ database: Database, _ configurations: [Configuration]) -> String? {
        do {
            let expected = try database.rows(pair.sql)
            let question = try resolved(pair.question)
            for configuration in configurations {
                let answer = try answer(question, configuration)
                if let difference = Agreement.difference(answer, expected, isOrdered: pair.isOrdered, in: reference) {
                    return "\(pair.question)\n\(pair.sql)\n\(configuration.name): \(difference)"
                }
            }
            return nil
        } catch {
            return "\(pair.question)\n\(pair.sql)\n\(error)"
        }
    }
}
