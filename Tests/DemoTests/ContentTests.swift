import Testing

@testable import Demo

/// The tables at the scale that people see first, written and read once for all tests of this file.
private struct Demo20 {
    let accounts, users, people, deals, stageChanges, orders, touches, tickets, knows: Table

    static let all: Demo20? = {
        let directory = TemporaryDirectory()
        guard (try? writeDemo(to: directory.path)) != nil else { return nil }
        func table(_ name: String) -> Table { Table(directory.path, name) }
        return Demo20(
            accounts: table("accounts"), users: table("users"), people: table("people"), deals: table("deals"),
            stageChanges: table("stage_changes"), orders: table("orders"), touches: table("touches"), tickets: table("tickets"),
            knows: table("knows"))
    }()
}

@Suite("What the tables hold")
struct ContentTests {
    private let demo: Demo20

    init() throws {
        demo = try #require(Demo20.all)
    }

    /// Whether a count is what a rate of one in `every` says, to within a row or two.
    private func isOneIn(_ every: Int, _ count: Int, of total: Int, slack: Int = 2) -> Bool {
        abs(count - total / every) <= slack
    }

    @Test("values are missing or wrong at the documented rates")
    func messIsAsDocumented() {
        let accounts = demo.accounts
        let people = demo.people
        let touches = demo.touches
        let users = Set(demo.users["id"])
        #expect(isOneIn(Mess.industryNotAvailableOneIn, accounts.count("industry") { $0 == "N/A" }, of: 200))
        #expect(isOneIn(Mess.accountNameSpaceOneIn, accounts.count("name") { $0.hasSuffix(" ") }, of: 200))
        #expect(isOneIn(Mess.accountOwnerMissingOneIn, accounts.count("owner_id") { $0.isEmpty }, of: 200))
        let dangling = accounts.count("owner_id") { !$0.isEmpty && !users.contains($0) }
        #expect(dangling > 0 && isOneIn(Mess.accountOwnerDanglingOneIn, dangling, of: 200))
        #expect(isOneIn(Mess.accountNameQuotedOneIn, accounts.count("name") { $0.contains("\"") }, of: 200))
        #expect(isOneIn(Mess.emailMissingOneIn, people.count("email") { $0.isEmpty }, of: 2000))
        #expect(isOneIn(Mess.emailSpaceOneIn, people.count("email") { $0.hasPrefix(" ") }, of: 2000))
        #expect(isOneIn(Mess.personNameSpaceOneIn, people.count("name") { $0.hasSuffix("  ") }, of: 2000))
        #expect(isOneIn(Mess.phoneMissingOneIn, people.count("phone") { $0.isEmpty }, of: 2000))
        #expect(isOneIn(Mess.titleMissingOneIn, people.count("title") { $0.isEmpty }, of: 2000))
        #expect(isOneIn(Mess.touchSubjectMissingOneIn, touches.count("subject") { $0.isEmpty }, of: 20_000))
        #expect(isOneIn(Mess.orderCreditOneIn, demo.orders.count("revenue") { $0.hasPrefix("-") }, of: 10_000))
        #expect(isOneIn(Mess.satisfactionNotAvailableOneIn, demo.tickets.count("satisfaction") { $0 == "N/A" }, of: 2000))
        #expect(isOneIn(Mess.strengthMissingOneIn, demo.knows.count("strength") { $0.isEmpty }, of: demo.knows.rows.count))
        #expect(touches["subject"].contains { $0.contains("\n") } && touches["subject"].contains { $0.contains("\"") })
    }

    @Test("references lead somewhere, apart from those that are meant to dangle")
    func referencesHold() {
        let accounts = Set(demo.accounts["id"])
        let people = Set(demo.people["id"])
        let users = Set(demo.users["id"])
        #expect(accounts.count == 200 && people.count == 2000 && users.count == 12)
        for table in [demo.people, demo.deals, demo.orders, demo.touches, demo.tickets] {
            #expect(table["account_id"].allSatisfy(accounts.contains))
        }
        for (table, column) in [
            (demo.deals, "contact_id"), (demo.touches, "person_id"), (demo.tickets, "person_id"), (demo.people, "referred_by"),
        ] {
            #expect(table[column].allSatisfy { $0.isEmpty || people.contains($0) }, "\(column)")
        }
        #expect(demo.touches["user_id"].allSatisfy(users.contains))
        #expect(demo.accounts["parent_id"].allSatisfy { $0.isEmpty || accounts.contains($0) })
        let nobody = demo.touches.count("person_id") { $0.isEmpty }
        #expect(nobody >= 20_000 / Mess.touchPersonMissingOneIn && nobody < 1000)
    }

    @Test("a person's touches are touches of the person's account")
    func touchesAgreeWithPeople() {
        let home = Dictionary(uniqueKeysWithValues: zip(demo.people["id"], demo.people["account_id"]))
        for (person, account) in zip(demo.touches["person_id"], demo.touches["account_id"]) where !person.isEmpty {
            #expect(home[person] == account)
        }
    }

    @Test("referrals are a forest: who refers was there before")
    func referralsAreAForest() {
        func number(_ id: String) -> Int { Int(id.dropFirst(4)) ?? 0 }
        var children: [String: Int] = [:]
        for (id, referrer) in zip(demo.people["id"], demo.people["referred_by"]) where !referrer.isEmpty {
            #expect(number(referrer) < number(id))
            children[referrer, default: 0] += 1
        }
        #expect((300...600).contains(children.values.reduce(0, +)))
        #expect((children.values.max() ?? 0) > 15)
    }

    @Test("no pair of people knows each other twice, and nobody himself")
    func pairsAreUnique() {
        var pairs: Set<[String]> = []
        for (from, to) in zip(demo.knows["from_id"], demo.knows["to_id"]) {
            #expect(from != to)
            pairs.insert([from, to].sorted())
        }
        #expect(pairs.count == demo.knows.rows.count)
    }

    @Test("nothing has happened today or later; contracts and open deals reach into the future")
    func datesEndYesterday() {
        for (table, column) in [
            (demo.accounts, "created"), (demo.people, "created"), (demo.people, "left_on"), (demo.deals, "opened"),
            (demo.stageChanges, "at"),
            (demo.orders, "at"), (demo.touches, "at"), (demo.tickets, "opened"), (demo.tickets, "closed"), (demo.knows, "since"),
        ] {
            #expect(table[column].allSatisfy { $0 < "2026-06-30" }, "\(column)")
        }
        #expect(zip(demo.deals["stage"], demo.deals["closed"]).allSatisfy { $1 < "2026-06-30" || ($0 != "won" && $0 != "lost") })
        #expect(zip(demo.deals["opened"], demo.deals["closed"]).allSatisfy { $0 <= $1 })
        #expect(demo.deals["closed"].contains { $0 > "2026-07-31" } && demo.accounts["renewal"].contains { $0 > "2026-07-31" })
        #expect(demo.touches["at"] == demo.touches["at"].sorted { $0.prefix(10) < $1.prefix(10) })
    }

    @Test("a deal comes into its stages one after another, from the day on which it was opened to the stage that it has")
    func stagesFollowEachOther() {
        let places = ["prospect", "qualified", "proposal", "negotiation", "won", "lost"]
        var steps: [String: [(stage: String, day: String)]] = [:]
        for (deal, step) in zip(demo.stageChanges["deal_id"], zip(demo.stageChanges["stage"], demo.stageChanges["at"])) {
            steps[deal, default: []].append((step.0, step.1))
        }
        for (row, deal) in demo.deals["id"].enumerated() {
            let own = steps[deal] ?? []
            let (stage, opened, closed) = (demo.deals["stage"][row], demo.deals["opened"][row], demo.deals["closed"][row])
            #expect(own.first?.day == opened && own.last?.stage == stage, "\(deal)")
            #expect(zip(own, own.dropFirst()).allSatisfy { $0.day < $1.day }, "\(deal)")
            let order = own.compactMap { places.firstIndex(of: $0.stage) }
            #expect(zip(order, order.dropFirst()).allSatisfy { $0 < $1 }, "\(deal)")
            if stage == "won" || stage == "lost" { #expect(own.last?.day == closed, "\(deal)") }
        }
        #expect(Set(demo.stageChanges["stage"]) == Set(places))
    }

    @Test("gold accounts have gone quiet, Acme among them")
    func goldAccountsAreQuiet() {
        var latest: [String: String] = [:]
        for (account, at) in zip(demo.touches["account_id"], demo.touches["at"]) {
            latest[account] = max(latest[account] ?? "", at)
        }
        let winners = Set(zip(demo.deals["account_id"], demo.deals["stage"]).filter { $0.1 == "won" }.map(\.0))
        let quiet = zip(demo.accounts["id"], demo.accounts["tier"]).filter { id, tier in
            tier == "gold" && (latest[id] ?? "") < "2026-04-01" && winners.contains(id)
        }
        #expect((3...8).contains(quiet.count))
        #expect(quiet.contains { $0.0 == "ACC-17" } && demo.accounts["name"][16] == "Acme")
        #expect(demo.people.rows.count { $0[1] == "Ann Lee" && $0[4] == "ann.lee@acme.example" } == 1)
    }

    @Test("a fifth of the accounts brings most of the revenue, and referred deals are won more often than others")
    func businessIsBelievable() {
        var revenue: [String: Double] = [:]
        for (account, amount) in zip(demo.orders["account_id"], demo.orders["revenue"]) {
            revenue[account, default: 0] += Double(amount) ?? 0
        }
        let sorted = revenue.values.sorted(by: >)
        let share = sorted.prefix(sorted.count / 5).reduce(0, +) / sorted.reduce(0, +)
        #expect(share > 0.65 && share < 0.9)
        func winRate(_ source: String) -> Double {
            let stages = zip(demo.deals["source"], demo.deals["stage"]).filter { $0.0 == source }.map(\.1)
            let won = stages.count { $0 == "won" }
            return Double(won) / Double(won + stages.count { $0 == "lost" })
        }
        #expect(winRate("referral") > winRate("outbound") + 0.1)
    }

    @Test("addresses and numbers belong to nobody")
    func addressesAreFictional() {
        #expect(demo.people["email"].allSatisfy { $0.isEmpty || $0.hasSuffix(".example") })
        #expect(demo.users["email"].allSatisfy { $0.hasSuffix(".example") })
        #expect(demo.people["phone"].allSatisfy { $0.isEmpty || $0 == "N/A" || $0.contains(" 555 ") })
        #expect(demo.people["email"].allSatisfy { $0.utf8.allSatisfy { $0 > 31 && $0 < 127 } && !$0.contains("..") })
    }
}
