import Foundation
import TestSupport
import Testing

/// Types at the real program, as a person does. Serialized: time-outs mean something only if the machine is not flooded.
@Suite(.serialized, .enabled(if: !EditorChild.isChild), .timeLimit(.minutes(3))) struct PromptTests {
    /// A store, a home, and the prompt that is open in them.
    private final class Place {
        let home = TemporaryFolder()
        let store: String

        init() throws {
            store = home.path + "/book"
            try FileManager.default.createDirectory(atPath: store, withIntermediateDirectories: true)
            try """
            id,name,tier,arr
            A1,Acme,gold,100
            A2,Borealis,silver,50
            A3,Cobalt,gold,70

            """.write(toFile: store + "/accounts.csv", atomically: true, encoding: .utf8)
            let touches = (0..<20_000).map { "T\($0),A\($0 % 3 + 1),\($0 % 2 == 0 ? "call" : "email")\n" }
            try ("id,account_id,kind\n" + touches.joined()).write(
                toFile: store + "/touches.csv", atomically: true, encoding: .utf8)
        }

        func open(_ arguments: [String] = [], environment: [String: String] = [:], columns: Int = 80, rows: Int = 24) throws
            -> PseudoTerminal
        {
            let variables = ["HOME": home.path, "CRMQ_TODAY": "2026-06-30"].merging(environment) { $1 }
            let terminal = try PseudoTerminal(
                [try CrmqBinary.path(), store] + arguments, environment: variables, columns: columns, rows: rows)
            try #require(terminal.wait(for: "book>", seconds: 30), "\(terminal.screen.text)")
            return terminal
        }
    }

    @Test func greetsAsksAndLeaves() throws {
        let place = try Place()
        defer { withExtendedLifetime(place) {} }
        let terminal = try place.open()
        #expect(terminal.screen.text.contains("2 entities, 20,003 rows"))
        terminal.type("accounts where tier = \"gold\" select name, arr\r")
        #expect(terminal.wait(for: "name    arr\n──────  ───\nAcme    100\nCobalt   70\n2 rows"))
        terminal.press(.controlD)
        #expect(terminal.exitStatus() == 0)
    }

    @Test func completesAValue() throws {
        let place = try Place()
        defer { withExtendedLifetime(place) {} }
        let terminal = try place.open()
        terminal.type("accounts where tier = \"g")
        terminal.press(.tab)
        #expect(terminal.wait(forCurrentLine: "book> accounts where tier = \"gold\""))
        terminal.type(" sel")
        terminal.press(.tab)
        terminal.type("na")
        terminal.press(.tab)
        #expect(terminal.wait(forCurrentLine: "book> accounts where tier = \"gold\" select name"))
        terminal.press(.enter)
        #expect(terminal.wait(for: "Cobalt\n2 rows"))
    }

    @Test func listsWhatCanStandThere() throws {
        let place = try Place()
        defer { withExtendedLifetime(place) {} }
        let terminal = try place.open()
        terminal.type("accounts where tier = ")
        terminal.press(.tab, .tab)
        #expect(terminal.wait(for: "\"gold\"    2 rows\n\"silver\"  1 row"))
        #expect(terminal.wait(forCurrentLine: "book> accounts where tier ="))
    }

    @Test func refinesTheLastAnswer() throws {
        let place = try Place()
        defer { withExtendedLifetime(place) {} }
        let terminal = try place.open()
        terminal.type("accounts\r")
        #expect(terminal.wait(for: "3 rows"))
        terminal.type("where arr > 60\r")
        #expect(terminal.wait(for: "2 rows"))
        terminal.type("sort arr select name\r")
        #expect(terminal.wait(for: "name\n──────\nCobalt\nAcme\n2 rows"))
        terminal.type("| tail -1\r")
        #expect(terminal.wait(for: "| tail -1\nAcme\nbook>"))
        terminal.type("it take 1 format csv\r")
        #expect(terminal.wait(for: "name\nCobalt\nbook>"))
    }

    @Test func interruptsAQuestionAndGoesOn() throws {
        let place = try Place()
        defer { withExtendedLifetime(place) {} }
        let terminal = try place.open()
        terminal.type("for a in touches, b in touches where a.kind = b.kind summarize count()\r")
        terminal.settle(milliseconds: 400)
        terminal.press(.controlC)
        #expect(terminal.wait(for: "interrupted\nbook>"))
        terminal.type("count(accounts)\r")
        #expect(terminal.wait(for: "3\n1 row"))
    }

    @Test func dropsALineAtControlC() throws {
        let place = try Place()
        defer { withExtendedLifetime(place) {} }
        let terminal = try place.open()
        terminal.type("accounts whe")
        terminal.settle(milliseconds: 200)
        terminal.press(.controlC)
        // The terminal throws away what is typed between the signal and its handling.
        terminal.settle(milliseconds: 200)
        terminal.type("2 + 2\r")
        #expect(terminal.wait(for: "2 + 2\n─────\n    4\n1 row"))
    }

    @Test func asksOverSeveralLines() throws {
        let place = try Place()
        defer { withExtendedLifetime(place) {} }
        let terminal = try place.open()
        terminal.type("accounts where (tier = \"gold\"\rand arr > 80)\r")
        #expect(terminal.wait(for: "Acme  gold  100\n1 row"))
        terminal.paste("accounts\n  where tier = \"silver\"\n  select name")
        terminal.press(.enter)
        #expect(terminal.wait(for: "Borealis\n1 row"))
    }

    @Test func keepsItsHistory() throws {
        let place = try Place()
        defer { withExtendedLifetime(place) {} }
        let first = try place.open()
        first.type("accounts where (\rarr > 60)\r")
        #expect(first.wait(for: "2 rows"))
        first.press(.controlD)
        #expect(first.exitStatus() == 0)
        let second = try place.open()
        second.press(.up)
        #expect(second.wait(for: "book> accounts where (\n  arr > 60)"))
        second.press(.enter)
        #expect(second.wait(for: "2 rows"))
    }

    @Test func saysWhatIsWrongAndGoesOn() throws {
        let place = try Place()
        defer { withExtendedLifetime(place) {} }
        let terminal = try place.open()
        terminal.type("accounts where teir = 1\r")
        #expect(terminal.wait(for: "did you mean `tier`?"))
        terminal.type("accounts where tier = \"Gold\"\r")
        #expect(terminal.wait(for: "did you mean \"gold\"?"))
        terminal.type(":quit\r")
        #expect(terminal.exitStatus() == 0)
    }

    @Test func obeysItsCommands() throws {
        let place = try Place()
        defer { withExtendedLifetime(place) {} }
        let terminal = try place.open()
        terminal.type(":format json\r")
        #expect(terminal.wait(for: "format is json"))
        terminal.type("accounts select name take 1\r")
        #expect(terminal.wait(for: "[\n  {\"name\":\"Acme\"}\n]"))
        terminal.type(":format auto\r:rows 3\r")
        #expect(terminal.wait(for: "a table shows 3 rows"))
        terminal.type("touches select id\r")
        #expect(terminal.wait(for: "more rows …"))
        terminal.type(":open /nowhere\r")
        #expect(terminal.wait(for: "`/nowhere` does not exist"))
        terminal.type(":nonsense\r")
        #expect(terminal.wait(for: "there is no command :nonsense"))
        terminal.type(".tables\r")
        #expect(terminal.wait(for: "did you mean the command :schema? :help lists them"))
        terminal.type(":sche")
        terminal.press(.tab)
        terminal.press(.enter)
        #expect(terminal.wait(for: "`describe ENTITY` shows"))
    }

    @Test func shortensLongAnswersAsTold() throws {
        let place = try Place()
        defer { withExtendedLifetime(place) {} }
        let terminal = try place.open(["--rows", "4"])
        terminal.type("touches select id\r")
        #expect(terminal.wait(for: "19,996 more rows"))
    }

    @Test func opensAnotherStoreInTheMiddleOfAThought() throws {
        let place = try Place()
        defer { withExtendedLifetime(place) {} }
        let other = place.home.path + "/other book"
        try FileManager.default.createDirectory(atPath: other, withIntermediateDirectories: true)
        try "id,name,arr\nB1,Delphi,90\nB2,Elba,10\n".write(
            toFile: other + "/accounts.csv", atomically: true, encoding: .utf8)
        let terminal = try place.open()
        terminal.type(":format csv\r")
        #expect(terminal.wait(for: "format is csv"))
        terminal.type("define account.big = arr > 60\r")
        terminal.type("define account.golden = tier = \"gold\"\r")
        terminal.type("perspective mine { define account.ours = big }\r")
        terminal.type("use mine\r")
        terminal.type(":open /nowhere\r")
        #expect(terminal.wait(for: "`/nowhere` does not exist"))
        terminal.type("accounts where ours select name\r")
        #expect(terminal.wait(for: "name\nAcme\nCobalt\n"))
        terminal.type(":open \"~/other book\"\r")
        #expect(terminal.wait(for: "left out, since there is no `tier` here: define account.golden"))
        #expect(terminal.wait(forCurrentLine: "other book>"))
        terminal.type("accounts where ours select name\r")
        #expect(terminal.wait(for: "name\nDelphi\n"))
        terminal.type("it\r")
        #expect(terminal.wait(for: "name\nDelphi\n"))
    }

    @Test func runsTheInitFile() throws {
        let place = try Place()
        defer { withExtendedLifetime(place) {} }
        let folder = place.home.path + "/.config/crmq"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        try "define account.big = arr > 60\n\n:timing on\n".write(
            toFile: folder + "/init.crmq", atomically: true, encoding: .utf8)
        let terminal = try place.open()
        terminal.type("accounts where big select name\r")
        #expect(terminal.wait(for: "Acme\nCobalt\n2 rows"))
    }

    @Test func coloursOnlyWhereItMay() throws {
        let place = try Place()
        defer { withExtendedLifetime(place) {} }
        let plain = try place.open()
        plain.type("acounts\r")
        #expect(plain.wait(for: "error"))
        #expect(!String(decoding: plain.output, as: UTF8.self).contains("\u{1B}[31m"))
        let coloured = try place.open(environment: ["NO_COLOR": ""])
        coloured.type("acounts\r")
        #expect(coloured.wait(for: "error"))
        #expect(String(decoding: coloured.output, as: UTF8.self).contains("\u{1B}["))
    }
}
