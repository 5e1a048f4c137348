extension World {
    /// Who knows whom: each person names some of those entered before, so that no pair can occur twice.
    ///
    /// Half are colleagues, a third work in the same industry, some were introduced by a friend, and the rest met by chance;
    /// everybody knows the one who referred them. A few people know very many.
    func writeKnows(to directory: String) throws(DemoError) -> DemoFile {
        var file = try CSVFile("knows.csv", in: directory, header: "from_id,to_id,since,strength")
        let stream = Stream("knows")
        let strengthMissing = Stream("knows/strength")
        var circle = Circle(people: people, accounts: accounts)
        var friends: [Int32] = []
        for row in 0..<sizes.people {
            var dice = stream.dice(row)
            circle.chooseFriends(of: row, &friends, &dice)
            for friend in friends {
                let other = Int(friend)
                let isFlipped = dice.chance(0.5)
                file.key("PER-", isFlipped ? other : row)
                file.key("PER-", isFlipped ? row : other)
                let areColleagues = people.account[row] == people.account[other]
                let met = Int(max(people.created[row], people.created[other]))
                file.date(min(Day.last, areColleagues ? met + dice.below(200) : met + 120 - dice.below(3200)))
                let thrown = dice.unit()
                let strength = areColleagues ? 0.3 + 0.7 * thrown : 0.05 + 0.85 * thrown * thrown
                if strengthMissing.hits(file.rows, oneIn: Mess.strengthMissingOneIn) {
                    file.missing()
                } else {
                    file.money(cents: Int(strength * 100))
                }
                try file.endRow()
            }
        }
        return try file.finish()
    }
}

/// Finds acquaintances for one person after the other.
private struct Circle {
    let people: People
    let accounts: [Account]
    /// The people entered so far, by industry and by account.
    private var byIndustry: [[Int32]]
    private var enteredAt: [Int32]
    /// Who named each person last, or -1; through them friends introduce their friends, which makes triangles.
    private var latest: [Int32] = []

    init(people: People, accounts: [Account]) {
        self.people = people
        self.accounts = accounts
        byIndustry = Array(repeating: [], count: Industry.names.count)
        enteredAt = Array(repeating: 0, count: accounts.count)
        latest = Array(repeating: -1, count: people.account.count)
    }

    mutating func chooseFriends(of row: Int, _ friends: inout [Int32], _ dice: inout Dice) {
        friends.removeAll(keepingCapacity: true)
        let account = Int(people.account[row])
        let industry = accounts[account].industry
        if people.referrer[row] >= 0 { friends.append(people.referrer[row]) }
        let wanted = min(row, Int(1.75 * dice.heavy(most: 40)))
        var tries = 0
        while friends.count < wanted && tries < 3 * wanted {
            tries += 1
            let candidate = candidate(account, industry, row, friends, &dice)
            if candidate >= 0 && candidate != row && !friends.contains(candidate) { friends.append(candidate) }
        }
        for friend in friends { latest[Int(friend)] = Int32(row) }
        byIndustry[industry].append(Int32(row))
        enteredAt[account] += 1
    }

    private func candidate(
        _ account: Int, _ industry: Int, _ row: Int, _ friends: [Int32], _ dice: inout Dice
    ) -> Int32 {
        let thrown = dice.unit()
        let colleagues = Int(enteredAt[account])
        if thrown < 0.5 && colleagues > 0 {
            return people.members[Int(people.memberStarts[account]) + dice.below(colleagues)]
        }
        if thrown < 0.65 && !friends.isEmpty {
            return latest[Int(friends[dice.below(friends.count)])]
        }
        let peers = byIndustry[industry]
        if thrown < 0.93 && !peers.isEmpty { return peers[dice.below(peers.count)] }
        return Int32(dice.below(max(1, row)))
    }
}
