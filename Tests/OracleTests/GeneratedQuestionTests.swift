import Foundation
import Oracle
import Store
import Testing
import Types

/// Questions made at random from a store's schema, answered by the engine and by the reference evaluator.
///
/// `CRMQ_ORACLE_SEED` and `CRMQ_ORACLE_COUNT` choose other questions and more of them; the same seed gives the same ones.
struct GeneratedQuestionTests {
    @Test func engineAgreesOnTheNastyStore() throws {
        try compare(try Workbench(Fixtures.nastyStore()), count: Self.setting("COUNT") ?? 4200, seed: Self.setting("SEED") ?? 1)
    }

    @Test func engineAgreesOnTheDemoStore() throws {
        try compare(try Workbench(Fixtures.demoStore()), count: Self.setting("COUNT") ?? 800, seed: Self.setting("SEED") ?? 2)
    }

    @Test func engineAgreesOnRepeatedLinks() throws {
        let bench = try Workbench(Fixtures.nastyStore())
        try compare(bench, count: Self.setting("COUNT") ?? 1500, seed: Self.setting("SEED") ?? 4, repeatsLinks: true)
    }

    /// At the prompt a line that begins with a clause goes on from the last answer.
    @Test func engineAgreesOnDialogues() throws {
        let bench = try Workbench(Fixtures.nastyStore())
        var generator = QuestionGenerator(bench.reference, today: Fixtures.today, seed: UInt64(Self.setting("SEED") ?? 3))
        for index in 0..<(Self.setting("COUNT") ?? 400) {
            let (first, goingOn) = generator.dialogue()
            let configuration = Configuration.all[index % Configuration.all.count]
            do {
                guard let difference = try bench.disagreement(first, goingOn: goingOn, under: configuration) else { continue }
                Issue.record("\(first)\n\(goingOn)\n\(difference)")
            } catch {
                Issue.record("\(first)\n\(goingOn)\n\(error)")
            }
        }
    }

    /// What once was answered in two ways.
    @Test(arguments: [
        // A sort of more than 64 rows, whose first key is mostly missing.
        (true, "people sort months_between(created, left_on), -count(touches) select id"),
        // The order in which sets are united.
        (false, "deals summarize t = join(touches.id, \" \") by stage"),
        (false, "accounts summarize l = list(people.name), f = first(deals.name), e = last(deals.name) by tier"),
        // A pivot of which no row is left.
        (false, "deals summarize n = count() by source, stage pivot stage take 0"),
        // Numbers that are too large to stay exact, beside others.
        (false, "deals where volume * 1.1 = 22.22 select id"),
        (false, "deals where volume * 1.1 in (22.22, 1.21, 4.84) select id"),
        (false, "deals sort id with r = running(sum(volume * 1.1)) select id, r where r = 22.22"),
        (false, "deals where volume not in 1000.. summarize n = count() by c = volume * 1.1 + 0.01"),
    ])
    func engineAgreesUnderEveryConfiguration(isDemo: Bool, question: String) throws {
        let bench = try Workbench(isDemo ? Fixtures.demoStore() : Fixtures.nastyStore())
        for configuration in Configuration.all {
            #expect(bench.complaint([question], under: [configuration]) == nil)
        }
    }

    private static func setting(_ name: String) -> Int? {
        ProcessInfo.processInfo.environment["CRMQ_ORACLE_\(name)"].flatMap(Int.init)
    }

    /// `CRMQ_ORACLE_QUESTION` and, for the demo store, `CRMQ_ORACLE_DEMO` ask one question under every configuration.
    @Test(.enabled(if: ProcessInfo.processInfo.environment["CRMQ_ORACLE_QUESTION"] != nil))
    func engineAgreesOnAGivenQuestion() throws {
        let settings = ProcessInfo.processInfo.environment
        let bench = try Workbench(settings["CRMQ_ORACLE_DEMO"] == nil ? Fixtures.nastyStore() : Fixtures.demoStore())
        let question = settings["CRMQ_ORACLE_QUESTION"] ?? ""
        for configuration in Configuration.all {
            if let difference = bench.complaint([question], under: [configuration]) { Issue.record("\(difference)") }
        }
        print(bench.answers([question], under: Configuration.all))
    }

    /// Asks so many questions, each under another configuration, and every twentieth under all of them.
    private func compare(_ bench: Workbench, count: Int, seed: Int, repeatsLinks: Bool = false) throws {
        var generator = QuestionGenerator(
            bench.reference, today: Fixtures.today, seed: UInt64(seed), repeatsLinks: repeatsLinks)
        var failures = 0
        for index in 0..<count {
            let parts = generator.question()
            let configurations = index % 20 == 0 ? Configuration.all : [Configuration.all[index % Configuration.all.count]]
            guard let difference = bench.complaint(parts, under: configurations) else { continue }
            failures += 1
            let shortest = bench.shrunk(parts, under: configurations)
            Issue.record(
                """
                question \(index) of seed \(seed): \(parts.joined())
                \(difference)
                as short as it gets: \(shortest.joined())
                \(bench.complaint(shortest, under: configurations) ?? "")
                \(bench.answers(shortest, under: configurations))
                """)
            if failures == 10 { return }
        }
    }
}

extension Workbench {
    /// What is wrong with a question's answers, a message of the resolver included: questions are made to be understood.
    func complaint(_ parts: [String], under configurations: [Configuration]) -> String? {
        do {
            return try disagreement(parts.joined(), under: configurations)
        } catch {
            return "\(error)"
        }
    }

    /// The question with as many clauses left out as it can do without and still be answered in two ways.
    func shrunk(_ parts: [String], under configurations: [Configuration]) -> [String] {
        var shortest = parts
        var index = shortest.count - 1
        while index > 0 {
            var shorter = shortest
            shorter.remove(at: index)
            if let difference = try? disagreement(shorter.joined(), under: configurations), !difference.isEmpty {
                shortest = shorter
            }
            index -= 1
        }
        return shortest
    }

    /// Both answers, their first rows.
    func answers(_ parts: [String], under configurations: [Configuration]) -> String {
        guard let question = try? resolved(parts.joined()), let expected = try? reference.answer(question) else { return "" }
        var text = "expected:\n" + Self.rows(expected.columns.map { ($0.name, $0.values) })
        for configuration in configurations.prefix(1) {
            guard let answer = try? answer(question, configuration) else { continue }
            let columns = answer.columns.map { column in
                (column.name, (0..<answer.rowCount).map { column.values.value(at: $0) })
            }
            text += "\nanswered:\n" + Self.rows(columns)
        }
        return text
    }

    private static func rows(_ columns: [(name: String, values: [Value])]) -> String {
        let count = columns.first?.values.count ?? 0
        let lines = (0..<min(count, 20)).map { row in columns.map { Agreement.shown($0.values[row]) }.joined(separator: " | ") }
        return ([columns.map(\.name).joined(separator: " | ")] + lines + ["(\(count) rows)"]).joined(separator: "\n")
    }
}
