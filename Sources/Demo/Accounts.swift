/// What is known of an account when the tables are written.
struct Account {
    var created = 0
    var country = 0
    var industry = 0
    var tier = Tier.bronze
    var source = Source.inbound
    /// How large the account is, from 1 up with a Pareto tail: most of the revenue comes from few.
    var weight = 1.0
    /// What the account buys a year on, against the year before: 0.1 is a tenth more.
    var trend = 0.0
    /// How much of the contact goes through its rep, from 0 to 1.
    var loyalty = 0.7
    /// Whether all contact goes through a single person there, whose leaving would end it.
    var hangsOnOne = false
    var isCustomer = false
    /// The day on which the first deal was won; later than all others for those that are not customers.
    var firstWin = Int.max
    /// The day of the last order for those who left, later than all others for the rest.
    var end = Int.max
    /// The last day on which anybody was in touch.
    var touchEnd = Day.last
    /// Row of the rep at first, of the one who took over if that one left, and of the owner in the export.
    var rep = 0
    var successor = 0
    /// -1 is nobody, and a row beyond the last user somebody who does not exist.
    var owner = 0
    /// Row of the account that this one belongs to, or -1; always a lower row, so that there are no circles.
    var parent = -1
    var hasContacts = true

    var region: Region { Country.all[country].region }
    var isChurned: Bool { end <= Day.last }
}

extension Account {
    static func all(sizes: Sizes, users: Users) -> [Account] {
        var all: [Account] = []
        all.reserveCapacity(sizes.accounts)
        for row in 0..<sizes.accounts {
            var dice = Stream("accounts").dice(row)
            var account = Account()
            account.created = created(row, of: sizes.accounts, &dice)
            account.draw(row, &dice)
            account.live(&dice)
            if row == World.acme { account.beAcme() }
            account.chooseParent(row, all, &dice)
            account.chooseOwner(row, users, &dice)
            all.append(account)
        }
        goQuiet(&all)
        return all
    }

    /// Rows are in the order of creation: three in ten are older than the activity log, and the rest came ever faster.
    private static func created(_ row: Int, of count: Int, _ dice: inout Dice) -> Int {
        let part = (Double(row) + dice.unit()) / Double(count)
        if part < 0.3 {
            return Day.working(Day.founded + Int(part / 0.3 * Double(Day.start - Day.founded)))
        }
        let elapsed = (1 + 3 * (part - 0.3) / 0.7).squareRoot() - 1
        return Day.working(Day.start + Int(elapsed * Double(Day.last - Day.start)))
    }

    private mutating func draw(_ row: Int, _ dice: inout Dice) {
        country = Country.choice.pick(&dice)
        industry = Industry.choice.pick(&dice)
        source = row < 3 ? .inbound : Source(rawValue: UInt8(Source.accounts.pick(&dice))) ?? .inbound
        let size = dice.unit()
        // The power -0.75 of a rank is what makes a fifth of the accounts bring about three quarters of the revenue.
        let root = (size + 0.002).squareRoot()
        weight = 1 / (root * root.squareRoot())
        let judged = size + 0.2 * (dice.unit() - 0.5)
        tier = judged < 0.11 ? .gold : judged < 0.4 ? .silver : .bronze
        trend = 0.24 * dice.unit() - 0.06 - (tier == .bronze ? 0.05 : 0)
        loyalty = 0.45 + 0.5 * dice.unit()
        hangsOnOne = dice.chance(Behaviour.hangingShare)
        // Gold is given to those who have signed, apart from a few who are courted with it.
        let share = tier == .gold ? Behaviour.customerShareGold : Behaviour.customerShare[Int(source.rawValue)]
        isCustomer = row == 0 || dice.chance(share)
        hasContacts = row == 0 || !Stream("accounts/contacts").hits(row, oneIn: Mess.accountContactNoneOneIn)
    }

    /// Settles when the account became a customer, when it left, and how long anybody stayed in touch.
    private mutating func live(_ dice: inout Dice) {
        let lag = dice.unit()
        let win = created + 12 + Int(150 * lag * lag)
        if isCustomer && win <= Day.last - 3 { firstWin = Day.working(win) } else { isCustomer = false }
        guard isCustomer else {
            let worked = 60 + dice.below(700)
            touchEnd = dice.chance(0.4) ? Day.last : min(Day.last, created + worked)
            return
        }
        // Those who left before the log begins are not in the export, so the years of risk begin with the log.
        var year = max(firstWin, Day.start)
        let hazard = Behaviour.yearlyChurn[Int(tier.rawValue)] * Behaviour.churnBySource[Int(source.rawValue)]
        var isFirstYear = true
        while year < Day.last {
            let leaves = dice.chance(isFirstYear ? hazard * 1.3 : hazard)
            let day = year + 30 + dice.below(335)
            if leaves && day <= Day.last - 20 {
                end = Day.working(day)
                break
            }
            year += 365
            isFirstYear = false
        }
        if isChurned { touchEnd = min(Day.last, end + 20 - dice.below(60)) }
    }

    /// The account that the documentation names must be what the documentation says.
    private mutating func beAcme() {
        country = 0
        industry = 0
        tier = .gold
        weight = 22
        trend = 0.05
        isCustomer = true
        firstWin = min(created + 30, Day.last - 200)
        created = min(created, firstWin - 30)
        end = Int.max
        touchEnd = Day.today - 118
        hasContacts = true
    }

    /// Subsidiaries belong to the larger of a few older accounts.
    private mutating func chooseParent(_ row: Int, _ earlier: [Account], _ dice: inout Dice) {
        guard row > 5, row != World.acme, dice.chance(Behaviour.subsidiaryShare) else { return }
        for _ in 0..<4 {
            let candidate = dice.below(row)
            if parent < 0 || earlier[candidate].weight > earlier[parent].weight { parent = candidate }
        }
        industry = earlier[parent].industry
    }

    private mutating func chooseOwner(_ row: Int, _ users: Users, _ dice: inout Dice) {
        let sellers = users.sellers[region.rawValue]
        rep = sellers[dice.below(sellers.count)]
        if row == World.acme { rep = sellers[0] }
        successor = users.seller(in: region, on: Day.today, &dice)
        let hasLeft = users.all[rep].left <= Day.today
        owner = hasLeft && !dice.chance(Behaviour.orphanedShare) ? successor : rep
        let dangling = users.all.count + 40 + dice.below(40)
        if row == World.acme { return }
        if Stream("accounts/owner-missing").hits(row, oneIn: Mess.accountOwnerMissingOneIn) { owner = -1 }
        if Stream("accounts/owner-dangling").hits(row, oneIn: Mess.accountOwnerDanglingOneIn) { owner = dangling }
    }

    /// Chooses the customers with whom nobody has been in touch for a quarter, an even part of every tier.
    private static func goQuiet(_ all: inout [Account]) {
        var seen = [0, 0, 0]
        for row in all.indices where all[row].isCustomer && !all[row].isChurned && all[row].firstWin < Day.today - 200 {
            let tier = Int(all[row].tier.rawValue)
            let every = Behaviour.quietOneIn[tier]
            let isQuiet = Stream("accounts/quiet").hits(seen[tier], oneIn: every)
            seen[tier] += 1
            guard isQuiet, row != World.acme else { continue }
            var dice = Stream("accounts/quiet-since").dice(row)
            all[row].touchEnd = max(all[row].firstWin, Day.today - 95 - dice.below(240))
        }
    }
}

extension World {
    func writeAccounts(to directory: String) throws(DemoError) -> DemoFile {
        var file = try CSVFile(
            "accounts.csv", in: directory,
            header: "id,name,industry,region,country,tier,arr,source,created,owner_id,parent_id,renewal")
        for (row, account) in accounts.enumerated() {
            file.key("ACC-", row)
            writeAccountName(row, to: &file)
            if row != World.acme && Stream("accounts/industry").hits(row, oneIn: Mess.industryNotAvailableOneIn) {
                file.literal("N/A")
            } else {
                file.word(Industry.names, account.industry)
            }
            file.word(Region.names, account.region.rawValue)
            file.word(Country.names, account.country)
            file.word(Tier.names, Int(account.tier.rawValue))
            writeContract(row, account, to: &file)
            try file.endRow()
        }
        return try file.finish()
    }

    private func writeAccountName(_ row: Int, to file: inout CSVFile) {
        let mark = file.mark
        file.put(companies.full, row)
        if row != World.acme && Stream("accounts/space").hits(row, oneIn: Mess.accountNameSpaceOneIn) {
            file.put(UInt8(ascii: " "))
        }
        file.endText(mark)
    }

    /// The columns from `arr` on: yearly revenue is 0 for those who left and unknown for those who never bought.
    private func writeContract(_ row: Int, _ account: Account, to file: inout CSVFile) {
        var dice = Stream("accounts/contract").dice(row)
        let yearly = 4200 * account.weight * (0.7 + 0.6 * dice.unit())
        if account.isCustomer { file.number(account.isChurned ? 0 : Int(yearly / 100) * 100) } else { file.missing() }
        file.word(Source.names, Int(account.source.rawValue))
        file.date(account.created)
        file.key("USR-", account.owner)
        file.key("ACC-", account.parent)
        guard account.isCustomer else { return file.missing() }
        // Contracts run for a year from the first deal; the next end lies ahead for those who stayed.
        let until = account.isChurned ? account.end : Day.today
        let years = max(0, until - account.firstWin) / 365 + (account.isChurned ? 0 : 1)
        file.date(account.firstWin + years * 365)
    }
}
