/// What is known of the people when the tables are written, as columns, in the order in which they were entered.
struct People {
    let account: [Int32]
    let created: [Int32]
    /// The day on which the person left the account, or -1.
    let left: [Int32]
    /// The row of the one who referred this person, or -1; always a lower row, so that referrals are a forest.
    let referrer: [Int32]
    /// The row of the same person, entered before under another spelling, or -1.
    let twin: [Int32]
    /// Where in `members` the people of an account begin; one more than there are accounts.
    let memberStarts: [Int32]
    let members: [Int32]

    init(count: Int, accounts: [Account]) {
        (account, created) = People.entered(count: count, accounts: accounts)
        (memberStarts, members) = People.grouped(account, accounts.count)
        let annLee = members[Int(memberStarts[World.acme])]
        left = People.leavers(created, annLee)
        referrer = People.referrers(account, memberStarts, members, accounts)
        twin = People.twins(account, memberStarts, members, annLee)
    }

    /// The person that the documentation asks about by name.
    var annLee: Int { Int(members[Int(memberStarts[World.acme])]) }

    /// How many people are known at an account, among all days.
    @inline(__always)
    func memberCount(of account: Int) -> Int {
        Int(memberStarts[account + 1] - memberStarts[account])
    }

    /// Somebody at the account who was known there on that day, the first contacts more often than later ones, or -1.
    @inline(__always)
    func member(of account: Int, on day: Int, _ dice: inout Dice) -> Int {
        let count = memberCount(of: account)
        if count == 0 { return -1 }
        let start = Int(memberStarts[account])
        for _ in 0..<4 {
            let thrown = dice.unit()
            let row = Int(members[start + Int(thrown * thrown * Double(count))])
            let leaves = Int(left[row])
            if Int(created[row]) <= day && (leaves < 0 || day < leaves) { return row }
        }
        return main(of: account, on: day)
    }

    /// The one who was known at the account first and was still there on that day, or -1.
    func main(of account: Int, on day: Int) -> Int {
        for member in members[Int(memberStarts[account])..<Int(memberStarts[account + 1])] {
            let row = Int(member)
            if Int(created[row]) > day { return -1 }
            if left[row] < 0 || day < Int(left[row]) { return row }
        }
        return -1
    }
}

extension People {
    /// Every account with contacts has one from its first week; the others come later, more of them to the large accounts.
    private static func entered(count: Int, accounts: [Account]) -> ([Int32], [Int32]) {
        var keys: [UInt64] = []
        keys.reserveCapacity(count)
        for (row, account) in accounts.enumerated() where account.hasContacts && keys.count < count {
            var dice = Stream("people/first").dice(row)
            let day = min(Day.last, account.created + dice.below(4))
            keys.append(UInt64(day) << 32 | UInt64(row))
        }
        let table = AliasTable(accounts.map { $0.hasContacts ? 0.4 + $0.weight.squareRoot() : 0 })
        while keys.count < count {
            var dice = Stream("people/later").dice(keys.count)
            let row = table.pick(&dice)
            let first = accounts[row].created + 1
            let last = min(Day.last, accounts[row].end)
            let day = last <= first ? last : first + dice.below(last - first)
            keys.append(UInt64(Day.working(max(day, first - 1))) << 32 | UInt64(row))
        }
        keys.sort()
        return (keys.map { Int32(truncatingIfNeeded: $0 & 0xffff_ffff) }, keys.map { Int32($0 >> 32) })
    }

    private static func grouped(_ account: [Int32], _ accounts: Int) -> ([Int32], [Int32]) {
        var starts = [Int32](repeating: 0, count: accounts + 1)
        for row in account { starts[Int(row) + 1] += 1 }
        for index in 0..<accounts { starts[index + 1] += starts[index] }
        var next = starts
        var members = [Int32](repeating: 0, count: account.count)
        for (row, account) in account.enumerated() {
            members[Int(next[Int(account)])] = Int32(row)
            next[Int(account)] += 1
        }
        return (starts, members)
    }

    private static func leavers(_ created: [Int32], _ annLee: Int32) -> [Int32] {
        let stream = Stream("people/left")
        return created.indices.map { row in
            var dice = stream.dice(row)
            let first = Int(created[row]) + 150
            guard row != annLee, dice.chance(Behaviour.personLeftShare), first < Day.last else { return -1 }
            return Int32(Day.working(first + dice.below(Day.last - first)))
        }
    }

    /// Those who refer are heavy-tailed because half of the referred come from somebody who has referred before.
    private static func referrers(
        _ account: [Int32], _ starts: [Int32], _ members: [Int32], _ accounts: [Account]
    ) -> [Int32] {
        let stream = Stream("people/referrer")
        var referrer = [Int32](repeating: -1, count: account.count)
        var referred: [Int32] = []
        for row in 8..<account.count {
            var dice = stream.dice(row)
            let home = Int(account[row])
            let isFirst = members[Int(starts[home])] == row
            let came = isFirst && accounts[home].source == .referral
            guard dice.chance(came ? 1 : Behaviour.referredShare) else { continue }
            if !referred.isEmpty && dice.chance(0.55) {
                referrer[row] = referrer[Int(referred[dice.below(referred.count)])]
            } else {
                referrer[row] = Int32(dice.below(row))
            }
            referred.append(Int32(row))
        }
        return referrer
    }

    private static func twins(_ account: [Int32], _ starts: [Int32], _ members: [Int32], _ annLee: Int32) -> [Int32] {
        let stream = Stream("people/twin")
        var twin = [Int32](repeating: -1, count: account.count)
        for row in account.indices where stream.hits(row, oneIn: Mess.personTwiceOneIn) {
            var dice = Stream("people/twin-of").dice(row)
            let start = Int(starts[Int(account[row])])
            var position = start
            while members[position] != row { position += 1 }
            guard position > start else { continue }
            let original = members[start + dice.below(position - start)]
            if original != annLee && twin[Int(original)] < 0 { twin[row] = original }
        }
        return twin
    }
}
