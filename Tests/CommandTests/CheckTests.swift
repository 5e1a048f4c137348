import Foundation
import Testing

/// What `crmq check` reports and how it ends, for those who call it from cron.
@Suite(.timeLimit(.minutes(2))) struct CheckTests {
    private func check(_ script: String, _ arguments: String...) throws -> Crmq.Outcome {
        let crmq = try Crmq()
        defer { crmq.remove() }
        let path = try crmq.write("goals.crmq", script)
        return try crmq.run(["check", crmq.store, path, "--today", "2026-06-30"] + arguments)
    }

    private static let met = "goal some { measure count(accounts); from 1 on 2026-01-01; target 3 by 2026-12-31 }\n"
    private static let behind = "goal more { measure count(accounts); from 1 on 2026-01-01; target 9 by 2026-12-31 }\n"

    @Test func allIsWell() throws {
        let found = try check(Self.met, "--format", "tsv")
        #expect(
            found.output
                == "goal\tstatus\tactual\texpected\tgap\tforecast\ttarget\tdue\ttrend\nsome\tmet\t3\t1.99\t1.01\t5.04\t3\t2026-12-31\t▄▄▄▄▄▄\n"
        )
        #expect(found.messages == "1 goal: none is behind\n")
        #expect(found.status == 0)
    }

    @Test func aGoalIsBehind() throws {
        let found = try check(Self.met + "perspective sales { \(Self.behind) }\n", "--quiet")
        #expect(found.output.contains("sales::more  behind"))
        #expect(found.messages == "2 goals, 1 to look after: sales::more (behind)\n")
        #expect(found.status == 1)
    }

    @Test func aGoalThatCannotBeMeasuredIsNotWell() throws {
        let found = try check(
            "goal none_yet { measure avg(accounts[arr > 1000].arr); from 1 on 2026-01-01; target 9 by 2026-12-31 }")
        #expect(found.messages == "1 goal, 1 to look after: none_yet (unknown)\n")
        #expect(found.status == 1)
    }

    @Test func aScriptThatCannotBeUnderstoodIsNoGoalThatIsBehind() throws {
        let found = try check("goal wrong { measure count(acounts); from 1 on 2026-01-01; target 9 by 2026-12-31 }")
        #expect(found.firstMessage.hasSuffix("error: there is no `acounts` here"))
        #expect(found.status == 65)
    }

    @Test func withoutGoalsItIsMisused() throws {
        let found = try check("define account.big = arr > 50")
        #expect(found.firstMessage.hasSuffix("goals.crmq declares no goal"))
        #expect(found.status == 64)
    }

    @Test func theScriptHasToBeThere() throws {
        let crmq = try Crmq()
        defer { crmq.remove() }
        #expect(try crmq.run(["check", crmq.store]).status == 64)
        #expect(try crmq.run(["check", crmq.store, "nowhere.crmq"]).status == 64)
        let path = try crmq.write("goals.crmq", Self.met)
        #expect(try crmq.run(["check", path]).status == 64)
        #expect(try crmq.run(["check", "nowhere", path]).status == 65)
    }
}
