/// How somebody was in touch; the raw value is the place in `names`.
enum TouchKind: Int {
    case email, call, meeting, visit

    static let names = Words("email, call, meeting, visit")
    static let choice = Choice([56, 24, 15, 5])

    /// How long it took, in steps in which people write such things down.
    func minutes(_ dice: inout Dice) -> Int {
        switch self {
        case .email: 0
        case .call: 2 + dice.below(14) + (dice.chance(0.3) ? dice.below(30) : 0)
        case .meeting: [30, 30, 30, 45, 60, 60, 90][dice.below(7)]
        case .visit: 60 + 15 * dice.below(13)
        }
    }
}

extension World {
    /// Everything anybody said to a customer, in the order of days.
    func writeTouches(to directory: String) throws(DemoError) -> DemoFile {
        var file = try CSVFile(
            "touches.csv", in: directory,
            header: "id,at,kind,direction,account_id,person_id,user_id,subject,minutes")
        let activities = accounts.map { account in
            Activity(
                weight: (account.isCustomer ? 1 : 0.35) * (0.5 + account.weight.squareRoot()), from: account.created,
                to: account.touchEnd)
        }
        var sampler = EventSampler(rows: sizes.touches, activities: activities, season: Season.touches)
        let stream = Stream("touches")
        for row in 0..<sizes.touches {
            var dice = stream.dice(row)
            let day = sampler.day(of: row)
            let account = sampler.account(on: day, usual: 1, final: 0.45, &dice)
            try writeTouch(row, day, account, &dice, to: &file)
        }
        return try file.finish()
    }

    @inline(__always)
    private func writeTouch(
        _ row: Int, _ day: Int, _ account: Int, _ dice: inout Dice, to file: inout CSVFile
    ) throws(DemoError) {
        let kind = TouchKind(rawValue: TouchKind.choice.pick(&dice)) ?? .email
        let region = accounts[account].region
        file.key("TOU-", row)
        file.instant(day, second: region.firstHour * 3600 + dice.below(10 * 3600))
        file.word(TouchKind.names, kind.rawValue)
        // Customers answer mails, but it is mostly the reps who ask for meetings and drive out.
        let isIn = dice.chance(kind == .email ? 0.44 : kind == .call ? 0.35 : 0.12)
        file.literal(isIn ? "in" : "out")
        file.key("ACC-", account)
        let isMain = accounts[account].hangsOnOne
        var person = isMain ? people.main(of: account, on: day) : people.member(of: account, on: day, &dice)
        if Stream("touches/person").hits(row, oneIn: Mess.touchPersonMissingOneIn) { person = -1 }
        file.key("PER-", person)
        let isRep = dice.chance(accounts[account].loyalty)
        file.key("USR-", isRep ? rep(of: accounts[account], on: day) : users.seller(in: region, on: day, &dice))
        if Stream("touches/subject").hits(row, oneIn: Mess.touchSubjectMissingOneIn) {
            file.missing()
        } else {
            let isAwkward = Stream("touches/awkward").hits(row, oneIn: Mess.touchSubjectAwkwardOneIn)
            writeSubject(kind, account, day, isAwkward: isAwkward, &dice, to: &file)
        }
        let minutes = kind.minutes(&dice)
        if minutes > 0 { file.number(minutes) } else { file.missing() }
        try file.endRow()
    }

    /// A line in the language of the account's country or, mostly, in English.
    @inline(__always)
    private func writeSubject(
        _ kind: TouchKind, _ account: Int, _ day: Int, isAwkward: Bool, _ dice: inout Dice, to file: inout CSVFile
    ) {
        let language = Country.all[accounts[account].country].language
        let lines = Subjects.lines(kind, dice.chance(0.55) ? language : .english)
        let mark = file.mark
        if isAwkward && dice.chance(0.5) { file.put(Subjects.awkwardOpenings, dice.below(Subjects.awkwardOpenings.count)) }
        let line = dice.below(lines.count)
        let project = dice.below(Product.projects.count)
        lines.withBytes(of: line) { text in
            for byte in text {
                switch byte {
                case UInt8(ascii: "$"): file.put(Product.projects, project)
                case UInt8(ascii: "@"): file.put(companies.short, account)
                case UInt8(ascii: "#"): file.put(digits: (Day.civil(day).month + 2) / 3)
                default: file.put(byte)
                }
            }
        }
        if isAwkward {
            for byte in Subjects.awkwardEndings[dice.below(Subjects.awkwardEndings.count)].utf8 { file.put(byte) }
        }
        file.endText(mark)
    }
}
