import Foundation
import Testing

/// What a script or a pipe sees of the program: its output, its messages and its exit status.
@Suite(.timeLimit(.minutes(2))) struct CommandTests {
    private func withCrmq(_ body: (Crmq) throws -> Void) throws {
        let crmq = try Crmq()
        defer { crmq.remove() }
        try body(crmq)
    }

    @Test func answersOneQuestion() throws {
        try withCrmq { (crmq: Crmq) throws in
            let found = try crmq.ask("-c", "accounts where tier = \"gold\" select name, arr sort -arr")
            #expect(found.output == "name\tarr\nAcme\t100\nCobalt\t70\n")
            #expect(found.messages == "")
            #expect(found.status == 0)
        }
    }

    @Test(arguments: [
        ("csv", "name,arr\nAcme,100\n"), ("tsv", "name\tarr\nAcme\t100\n"), ("jsonl", "{\"name\":\"Acme\",\"arr\":100}\n"),
        ("markdown", "| name | arr |\n| --- | ---: |\n| Acme | 100 |\n"),
    ])
    func writesEachFormat(_ format: String, _ wanted: String) throws {
        try withCrmq { (crmq: Crmq) throws in
            let question = "accounts select name, arr take 1"
            #expect(try crmq.ask("--format", format, "-c", question).output == wanted)
            #expect(try crmq.ask("-c", question + " format \(format)").output == wanted)
        }
    }

    @Test func leavesOutTheHeader() throws {
        try withCrmq { (crmq: Crmq) throws in
            #expect(try crmq.ask("--no-header", "-c", "accounts select name take 1").output == "Acme\n")
        }
    }

    /// The usual command line is read without the argument parser, which reads the one that names the command; both say the same.
    @Test(arguments: [
        ["-c", "count(deals)"], ["--command", "count(deals)"], ["--format", "csv", "-c", "accounts"],
        ["--format", "other", "-c", "1"],
        ["--no-header", "-c", "accounts"], ["--today", "2026-02-03", "-c", "today"], ["--today", "someday", "-c", "1"],
        ["--today"],
        ["--quiet", "--no-cache", "-c", "accounts take 1"], ["--safe", "-c", "accounts | cat"], ["--rows", "-1", "-c", "1"],
        ["--rows", "2", "--format", "table", "-c", "accounts"], ["--rows", "two", "-c", "1"],
        ["--threads", "1", "-c", "count(deals)"],
        ["--threads", "0", "-c", "1"], ["--threads", "257", "-c", "1"], ["-c"], ["-c", "--quiet"], ["--unknown"],
        ["--format=csv", "-c", "accounts"],
        ["-c", "1", "-c", "2"],
    ])
    func readsTheSameWithAndWithoutTheNameOfTheCommand(_ words: [String]) throws {
        try withCrmq { (crmq: Crmq) throws in
            let plain = try crmq.run([crmq.store] + words)
            let named = try crmq.run(["ask", crmq.store] + words)
            #expect(plain.output == named.output)
            #expect(plain.status == named.status)
            #expect(plain.messages.replacing("crmq ask", with: "crmq") == named.messages.replacing("crmq ask", with: "crmq"))
        }
    }

    @Test func readsAScriptFromStandardInput() throws {
        try withCrmq { (crmq: Crmq) throws in
            let script = "#!/usr/bin/env crmq\n-- two questions\ncount(accounts)\ncount(deals) format csv\n"
            let found = try crmq.ask(input: script)
            #expect(found.output == "count(accounts)\n3\ncount(deals)\n400\n")
            #expect(found.status == 0)
        }
    }

    // MARK: Scripts

    private static let simpleScript = """
        --- Accounts above a size.
        param min: number = 60 "the least revenue"
        param top_only: bool = false "only the first"
        accounts where arr > min select name

        """

    @Test func givesAScriptItsParameters() throws {
        try withCrmq { (crmq: Crmq) throws in
            let path = try crmq.write("big.crmq", Self.simpleScript)
            #expect(try crmq.ask(path).output == "name\nAcme\nCobalt\n")
            #expect(try crmq.ask(path, "--min", "80").output == "name\nAcme\n")
            #expect(try crmq.ask(path, "--min=80", "--no-header").output == "Acme\n")
            #expect(try crmq.ask(path, "--top-only", "--min", "0.05k").output == "name\nAcme\nCobalt\n")
        }
    }

    @Test func explainsAScript() throws {
        try withCrmq { (crmq: Crmq) throws in
            let path = try crmq.write("big.crmq", Self.simpleScript)
            let found = try crmq.ask(path, "--help")
            #expect(found.status == 0)
            #expect(found.output.contains("Accounts above a size."))
            #expect(found.output.contains("--min number"))
            #expect(found.output.contains("the least revenue  (default: 60)"))
        }
    }

    @Test func refusesAWrongParameter() throws {
        try withCrmq { (crmq: Crmq) throws in
            let path = try crmq.write("big.crmq", "param min: number\naccounts where arr > min")
            let missing = try crmq.ask(path)
            #expect(missing.status == 64)
            #expect(missing.messages.contains("--min"))
            let unknown = try crmq.ask(path, "--min", "1", "--max", "2")
            #expect(unknown.status == 64)
            let malformed = try crmq.ask(path, "--min", "many")
            #expect(malformed.status != 0)
            #expect(malformed.messages.contains("many"))
        }
    }

    // MARK: What goes wrong

    @Test func saysWhereAQuestionIsWrong() throws {
        try withCrmq { (crmq: Crmq) throws in
            let path = try crmq.write("wrong.crmq", "count(accounts)\naccounts\n  where tear = 1\ncount(deals)\n")
            let found = try crmq.ask(path)
            #expect(found.status == 1)
            #expect(found.firstMessage.hasPrefix("\(path):3:9: error: there is no `tear` here"))
            // The questions before it were answered, those behind it are not asked.
            #expect(found.output == "count(accounts)\n3\n")
            #expect(try crmq.ask("-c", "accounts where").status == 1)
            #expect(try crmq.ask(input: "acounts").firstMessage.hasPrefix("<stdin>:1:1: error:"))
        }
    }

    @Test func answersPipedQuestionsInTurn() throws {
        try withCrmq { (crmq: Crmq) throws in
            // The second question is written only after the first was answered, which a reader to the end of its input never does.
            let turns = try crmq.shell(
                """
                coproc "$CRMQ" "$STORE" --quiet --no-header
                echo 'count(accounts);' >&"${COPROC[1]}"
                read -t 20 -r first <&"${COPROC[0]}"
                printf 'accounts where arr > %s\n  select name;\n' $((first * 30)) >&"${COPROC[1]}"
                read -t 20 -r second <&"${COPROC[0]}"
                echo "$first $second"
                """)
            #expect(turns.output == "3 Acme\n")
            let late = try crmq.ask(
                input: "count(accounts); -- and so on\n\naccounts where tear = 1\ncount(deals);\ncount(deals)\n")
            #expect(late.output == "count(accounts)\n3\n")
            #expect(late.messages.contains("<stdin>:3:16: error"))
            #expect(late.messages.contains("3 | accounts where tear"))
        }
    }

    @Test func tellsWrongUsage() throws {
        try withCrmq { (crmq: Crmq) throws in
            #expect(try crmq.ask("--nonsense").status == 64)
            #expect(try crmq.ask("--format", "xml", "-c", "accounts").status == 64)
            #expect(try crmq.ask("--today", "yesterday", "-c", "accounts").status == 64)
            #expect(try crmq.ask("nowhere.crmq").status == 64)
        }
    }

    @Test func tellsBadData() throws {
        try withCrmq { (crmq: Crmq) throws in
            let missing = try crmq.run([crmq.folder.path + "/nowhere", "-c", "1"])
            #expect(missing.status == 65)
            #expect(missing.messages.contains("does not exist"))
            #expect(missing.output == "")
            try crmq.write("store/schema.crmq", "entity account (accounts) from \"accounts.csv\" { id: nonsense }")
            let schema = try crmq.ask("-c", "accounts")
            #expect(schema.status == 65)
            #expect(schema.messages.contains("schema.crmq:1:"))
            let output = try Crmq()
            defer { output.remove() }
            #expect(try output.ask("-c", "accounts into \"/nowhere/x.csv\"").status == 65)
        }
    }

    @Test func refusesCommandsInSafeMode() throws {
        try withCrmq { (crmq: Crmq) throws in
            let found = try crmq.ask("--safe", "-c", "accounts | cat")
            #expect(found.status != 0)
            #expect(found.output == "")
            #expect(found.messages.contains("safe mode"))
        }
    }

    // MARK: Pipes

    @Test func endsQuietlyWhenTheReaderHasGone() throws {
        try withCrmq { (crmq: Crmq) throws in
            let line = "for a in deals, b in deals select a.id, b.id"
            let found = try crmq.shell("\"$CRMQ\" \"$STORE\" -c '\(line)' | head -1; echo ${PIPESTATUS[0]}")
            #expect(found.output == "a.id\tb.id\n0\n")
            #expect(found.messages == "")
        }
    }

    @Test func givesAnswersToCommandsAndFiles() throws {
        try withCrmq { (crmq: Crmq) throws in
            let piped = try crmq.ask("-c", "accounts select name | sort -r | head -2")
            #expect(piped.output == "name\nCobalt\n")
            #expect(piped.status == 0)
            let written = try crmq.ask("-c", "accounts select name take 1 into \"out.json\"")
            #expect(written.output == "")
            #expect(try String(contentsOf: crmq.folder.appendingPathComponent("out.json"), encoding: .utf8).contains("\"Acme\""))
        }
    }

    @Test func writesNoColourIntoAPipe() throws {
        try withCrmq { (crmq: Crmq) throws in
            let found = try crmq.ask("--format", "table", "-c", "accounts\nacounts")
            #expect(!found.output.contains("\u{1B}"))
            #expect(!found.messages.contains("\u{1B}"))
        }
    }

    @Test func knowsItself() throws {
        try withCrmq { (crmq: Crmq) throws in
            #expect(try crmq.run(["--version"]).output.hasPrefix("crmq "))
            let help = try crmq.run(["--help"])
            #expect(help.status == 0)
            #expect(help.output.contains("STORE"))
            let store = crmq.store
            #expect(try crmq.run(["-c", "count(accounts)"], environment: ["CRMQ_STORE": store]).output == "count(accounts)\n3\n")
        }
    }

    @Test func repeatsADay() throws {
        try withCrmq { (crmq: Crmq) throws in
            #expect(try crmq.ask("--no-header", "--today", "2026-06-30", "-c", "today - 30 days").output == "2026-05-31\n")
        }
    }

    // MARK: Snapshots

    @Test func packsAndOpensASnapshot() throws {
        try withCrmq { (crmq: Crmq) throws in
            let path = crmq.folder.appendingPathComponent("book.crmdb").path
            let packed = try crmq.run(["pack", crmq.store, "-o", path])
            #expect(packed.output == "403 rows of 2 entities written to \(path)\n")
            #expect(packed.status == 0)
            let question = "accounts where deals[stage = \"won\"] select name, sum(deals.amount)"
            #expect(try crmq.run([path, "-c", question]).output == crmq.ask("-c", question).output)
            let unwritable = try crmq.run(["pack", crmq.store, "-o", crmq.folder.path + "/none/book.crmdb"])
            #expect(unwritable.status == 65)
            #expect(unwritable.firstMessage.hasSuffix("cannot be written: No such file or directory"))
            let mixed = try crmq.run([crmq.store, path, "-c", question])
            #expect(mixed.status == 65)
            #expect(mixed.firstMessage.hasSuffix("is a snapshot, and a snapshot is opened alone"))
        }
    }

    @Test func saysThatASnapshotIsDamagedInsteadOfAnswering() throws {
        try withCrmq { (crmq: Crmq) throws in
            let path = crmq.folder.appendingPathComponent("book.crmdb").path
            _ = try crmq.run(["pack", crmq.store, "-o", path])
            var bytes = try Data(contentsOf: URL(fileURLWithPath: path))
            bytes[4096 + 100] ^= 8
            try bytes.write(to: URL(fileURLWithPath: path))
            let found = try crmq.run([path, "-c", "accounts"])
            #expect(found.output == "")
            #expect(found.status == 65)
            #expect(found.messages.contains("is damaged: the bytes from 4096 to"))
        }
    }

    @Test func keepsWhatTakesAWhileToLoad() throws {
        try withCrmq { (crmq: Crmq) throws in
            let rows = (0..<40_000).map { "T\($0 * 7),A\($0 % 3 + 1),note \($0 % 977),2024-01-0\($0 % 9 + 1)\n" }.joined()
            try crmq.write("store/touches.csv", "id,account_id,note,at\n" + rows)
            for name in ["store/touches.csv", "store/accounts.csv", "store/deals.csv"] {
                try FileManager.default.setAttributes(
                    [.modificationDate: Date(timeIntervalSinceNow: -60)],
                    ofItemAtPath: crmq.folder.appendingPathComponent(name).path)
            }
            let cache = crmq.folder.appendingPathComponent("cache/crmq").path
            func kept() -> [String] {
                ((try? FileManager.default.contentsOfDirectory(atPath: cache)) ?? []).filter { $0.hasSuffix(".crmdb") }
            }
            let question = "touches where note = \"note 5\" select account.name, at"
            let loaded = try crmq.ask("--no-cache", "-c", question)
            #expect(kept().isEmpty)
            #expect(try crmq.ask("-c", question).output == loaded.output)
            for _ in 0..<500 where kept().isEmpty { usleep(20_000) }
            #expect(kept().count == 1)
            #expect(try crmq.ask("-c", question).output == loaded.output)
        }
    }
}
