/// How pressing a ticket is; the raw value is the place in `names`.
private enum Priority {
    static let names = Words("low, normal, high, urgent")
    static let choice = Choice([24, 52, 19, 5])
    /// How long a ticket of that priority usually takes, in days.
    static let days = [7.0, 4.0, 2.0, 0.7]
    /// Gold accounts are served first.
    static let tierFactors = [0.6, 0.85, 1.15]
}

extension World {
    /// What customers complained about; those about to leave complain more and are less content with the answer.
    func writeTickets(to directory: String) throws(DemoError) -> DemoFile {
        var file = try CSVFile(
            "tickets.csv", in: directory,
            header: "id,account_id,person_id,opened,closed,priority,subject,satisfaction")
        let activities = accounts.enumerated().map { row, account in
            var dice = Stream("tickets/need").dice(row)
            let need = (0.4 + account.weight.squareRoot()) * (0.4 + 1.2 * dice.unit())
            return Activity(
                weight: account.isCustomer ? need : 0, from: account.isCustomer ? account.firstWin : Int.max,
                to: min(Day.last, account.end))
        }
        var sampler = EventSampler(rows: sizes.tickets, activities: activities, season: Season.tickets)
        let stream = Stream("tickets")
        for row in 0..<sizes.tickets {
            var dice = stream.dice(row)
            let day = sampler.day(of: row)
            let account = sampler.account(on: day, usual: 0.5, final: 1, &dice)
            try writeTicket(row, day, account, &dice, to: &file)
        }
        return try file.finish()
    }

    private func writeTicket(
        _ row: Int, _ opened: Int, _ account: Int, _ dice: inout Dice, to file: inout CSVFile
    ) throws(DemoError) {
        let tier = Int(accounts[account].tier.rawValue)
        let priority = Priority.choice.pick(&dice)
        let days = Priority.days[priority] * Priority.tierFactors[tier] * dice.heavy(most: 20) * (0.3 + dice.unit())
        let closed = opened + Int(days)
        let isForgotten = opened > Day.today - 240 && dice.chance(0.03)
        let isOpen = closed > Day.last || isForgotten
        file.key("TIC-", row)
        file.key("ACC-", account)
        let person = people.member(of: account, on: opened, &dice)
        file.key("PER-", Stream("tickets/person").hits(row, oneIn: Mess.ticketPersonMissingOneIn) ? -1 : person)
        file.date(opened)
        if isOpen { file.missing() } else { file.date(closed) }
        file.word(Priority.names, priority)
        let mark = file.mark
        file.put(Subjects.problems, problem(of: account, &dice))
        file.endText(mark)
        writeSatisfaction(row, account, opened, days, isOpen: isOpen, &dice, to: &file)
        try file.endRow()
    }

    /// Two in five tickets are about what this account has always had trouble with.
    private func problem(of account: Int, _ dice: inout Dice) -> Int {
        if dice.chance(0.6) { return dice.below(Subjects.problems.count) }
        var usual = Stream("tickets/usual").dice(account)
        return usual.below(Subjects.problems.count)
    }

    private func writeSatisfaction(
        _ row: Int, _ account: Int, _ opened: Int, _ days: Double, isOpen: Bool, _ dice: inout Dice, to file: inout CSVFile
    ) {
        let isGiven = dice.chance(Mess.satisfactionGiven)
        let mood = dice.unit()
        let end = accounts[account].end
        let isLeaving = accounts[account].isChurned && opened > end - 2 * EventSampler.finalDays
        let score = 10.9 - 4.9 * mood * mood - min(3, days / 8) - (isLeaving ? 2.2 + 2 * dice.unit() : 0)
        if Stream("tickets/satisfaction").hits(row, oneIn: Mess.satisfactionNotAvailableOneIn) {
            file.literal("N/A")
        } else if isGiven && !isOpen {
            file.number(min(10, max(0, Int(score))))
        } else {
            file.missing()
        }
    }
}
