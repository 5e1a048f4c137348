/// The stage of a deal; the raw value is the place in `names`.
enum Stage: Int {
    case prospect, qualified, proposal, negotiation, won, lost

    static let names = Words("prospect, qualified, proposal, negotiation, won, lost")
}

/// When a deal was opened, for whom, and whether it is the account's first, which made it a customer or not.
struct DealStart: Comparable {
    let opened: Int32
    let account: Int32
    let isFirst: Bool

    static func < (one: DealStart, other: DealStart) -> Bool {
        (one.opened, one.account, one.isFirst ? 0 : 1) < (other.opened, other.account, other.isFirst ? 0 : 1)
    }
}

/// How a deal came out: its stage, and the day on which it was closed or is expected to be.
struct DealCourse {
    var stage: Stage
    var closed: Int

    var isOpen: Bool { stage != .won && stage != .lost }
}

extension World {
    func writeDeals(to directory: String) throws(DemoError) -> DemoFile {
        var file = try CSVFile(
            "deals.csv", in: directory,
            header: "id,name,account_id,owner_id,contact_id,stage,amount,source,opened,closed")
        for (row, start) in dealStarts().enumerated() {
            var dice = Stream("deals").dice(row)
            try writeDeal(row, start, &dice, to: &file)
        }
        return try file.finish()
    }

    /// Where a deal came from and what became of it, by the first of its dice.
    func outcome(of start: DealStart, _ dice: inout Dice) -> (source: Source, course: DealCourse) {
        let account = accounts[Int(start.account)]
        let sourceDrawn = Source(rawValue: UInt8(Source.deals.pick(&dice))) ?? .inbound
        let source = start.isFirst ? account.source : sourceDrawn
        return (source, course(of: start, account, source, &dice))
    }

    /// Every account has a first deal; the others come while it is a customer, more of them to the large accounts.
    func dealStarts() -> [DealStart] {
        var starts: [DealStart] = []
        starts.reserveCapacity(sizes.deals)
        for (row, account) in accounts.enumerated() where starts.count < sizes.deals {
            var dice = Stream("deals/first").dice(row)
            let opened = Day.working(account.created + 5 + dice.below(5))
            starts.append(DealStart(opened: Int32(min(Day.last, opened)), account: Int32(row), isFirst: true))
        }
        let table = AliasTable(accounts.map { ($0.isCustomer ? 1 : 0.25) * $0.weight.squareRoot() })
        while starts.count < sizes.deals {
            var dice = Stream("deals/later").dice(starts.count)
            let row = table.pick(&dice)
            let first = accounts[row].isCustomer ? accounts[row].firstWin : accounts[row].created
            let last = min(Day.last, accounts[row].end)
            let opened = Day.working(first + dice.below(max(1, last - first)))
            starts.append(DealStart(opened: Int32(max(first, opened)), account: Int32(row), isFirst: false))
        }
        starts.sort()
        return starts
    }

    private func writeDeal(
        _ row: Int, _ start: DealStart, _ dice: inout Dice, to file: inout CSVFile
    ) throws(DemoError) {
        let account = accounts[Int(start.account)]
        let opened = Int(start.opened)
        let (source, course) = outcome(of: start, &dice)
        let isOpen = course.isOpen
        file.key("DEAL-", row)
        writeDealName(start, opened, &dice, to: &file)
        file.key("ACC-", Int(start.account))
        let owner = rep(of: account, on: isOpen ? Day.today : opened)
        let dangles = Stream("deals/owner").hits(row, oneIn: Mess.dealOwnerDanglingOneIn)
        file.key("USR-", dangles ? sizes.users + 40 + dice.below(40) : owner)
        let contact = people.member(of: Int(start.account), on: opened, &dice)
        file.key("PER-", Stream("deals/contact").hits(row, oneIn: Mess.dealContactMissingOneIn) ? -1 : contact)
        file.word(Stage.names, course.stage.rawValue)
        let worth = 5200 * account.weight.squareRoot() * dice.heavy(most: 12) * (0.5 + dice.unit())
        if isOpen && Stream("deals/amount").hits(row, oneIn: Mess.dealAmountMissingOneIn) {
            file.missing()
        } else {
            file.number(max(500, Int(worth / 50) * 50))
        }
        file.word(Source.names, Int(source.rawValue))
        file.date(opened)
        file.date(course.closed)
        try file.endRow()
    }

    private func course(of start: DealStart, _ account: Account, _ source: Source, _ dice: inout Dice) -> DealCourse {
        let opened = Int(start.opened)
        if start.isFirst && account.isCustomer { return DealCourse(stage: .won, closed: account.firstWin) }
        let cycle = 14 + Int(190 * dice.unit() * dice.unit() * (0.7 + 0.1 * min(5, account.weight.squareRoot())))
        let closed = Day.working(opened + cycle)
        let isForgotten = opened > Day.today - 320 && dice.chance(0.22)
        if (closed > Day.last || isForgotten) && !account.isChurned {
            return openCourse(opened, closed, &dice)
        }
        // Reps differ by about a quarter either way, which questions about win rates by owner should find.
        var skill = Stream("users/skill").dice(account.rep)
        let chance = Behaviour.winRate[Int(source.rawValue)] * (0.75 + 0.5 * skill.unit())
        let isWon = account.isCustomer && dice.chance(chance)
        return DealCourse(stage: isWon ? .won : .lost, closed: min(Day.last, closed))
    }

    /// Deals that go on are further along the longer they are open; some are past the day on which they should have closed.
    private func openCourse(_ opened: Int, _ closed: Int, _ dice: inout Dice) -> DealCourse {
        let stages: [Stage] = [.prospect, .qualified, .proposal, .negotiation]
        let age = Day.today - opened
        let reached = min(3, age / 24)
        let stage = stages[max(0, reached - dice.below(2))]
        if closed > Day.last { return DealCourse(stage: stage, closed: closed) }
        let isOverdue = dice.chance(0.45)
        let expected = isOverdue ? max(closed, Day.today - 90) : Day.today + 3 + dice.below(100)
        return DealCourse(stage: stage, closed: Day.working(expected))
    }

    private func writeDealName(_ start: DealStart, _ opened: Int, _ dice: inout Dice, to file: inout CSVFile) {
        let mark = file.mark
        file.put(companies.short, Int(start.account))
        file.put(dice.chance(0.06) ? ", " : " – ")
        file.put(Product.projects, dice.below(Product.projects.count))
        if dice.chance(0.3) {
            file.put(UInt8(ascii: " "))
            file.put(digits: Day.civil(opened).year)
        }
        file.endText(mark)
    }
}
