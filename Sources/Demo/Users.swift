/// A colleague of the company whose CRM this is.
struct User {
    var region: Region
    var role: Role
    /// The row of the manager, or -1 for the one at the top.
    var manager: Int
    /// The first day on which the person was gone, or a day beyond all others.
    var left: Int

    enum Role: Int {
        case head, lead, executive, success, support

        static let names = Words(
            "VP Sales, Team lead, Account executive, Customer success manager, Support engineer")
        static let teams = Words("Sales, Sales, Sales, Success, Support")
    }
}

/// All colleagues: one at the top, leads by region, and those who do the work.
struct Users {
    let all: [User]
    /// The rows of those who sell in a region, by region; leads are among them so that no region is without.
    let sellers: [[Int]]

    init(count: Int) {
        let regions = Region.allCases
        let leads = regions.count * max(1, count / 48)
        var all = [User(region: .emea, role: .head, manager: -1, left: Int.max)]
        let stream = Stream("users")
        for row in 1..<count {
            if row <= leads {
                let region = regions[(row - 1) % regions.count]
                all.append(User(region: region, role: .lead, manager: 0, left: Int.max))
                continue
            }
            var dice = stream.dice(row)
            let region = Region.reps[(row - leads - 1) % Region.reps.count]
            let roles: [User.Role] = [.executive, .executive, .success, .executive, .support]
            let teamsOfRegion = leads / regions.count
            let manager = 1 + region.rawValue + regions.count * dice.below(teamsOfRegion)
            let leaves = Stream("users/left").hits(row - leads - 1, oneIn: Behaviour.userLeftOneIn)
            let left = leaves ? dice.within(Day.start + 300...Day.today - 45) : Int.max
            let role = roles[(row - leads - 1) % roles.count]
            all.append(User(region: region, role: role, manager: manager, left: left))
        }
        self.all = all
        sellers = regions.map { region in
            all.indices.filter { all[$0].region == region && (1...3).contains(all[$0].role.rawValue) }
        }
    }

    /// Somebody of the region who is still there; the lead comes first in the list and never leaves.
    func seller(in region: Region, on day: Int, _ dice: inout Dice) -> Int {
        let candidates = sellers[region.rawValue]
        for _ in 0..<4 {
            let row = candidates[dice.below(candidates.count)]
            if day < all[row].left { return row }
        }
        return candidates[0]
    }
}

extension World {
    /// The domain of the company whose CRM this is; all domains end in `.example`, which RFC 2606 keeps free of owners.
    private static let domain: StaticString = "@brightwater.example"

    func writeUsers(to directory: String) throws(DemoError) -> DemoFile {
        var file = try CSVFile("users.csv", in: directory, header: "id,name,team,role,email,manager_id,active")
        let stream = Stream("users/name")
        let languages: [[Language]] = [
            [.german, .english, .french, .dutch, .nordic, .polish, .italian, .turkish], [.english, .english, .spanish, .indian],
            [.indian, .english, .chinese], [.portuguese, .spanish],
        ]
        for (row, user) in users.all.enumerated() {
            var dice = stream.dice(row)
            let spoken = languages[user.region.rawValue]
            let names = PersonNames.all[spoken[dice.below(spoken.count)].rawValue]
            let first = dice.below(names.first.count)
            let last = dice.below(names.last.count)
            file.key("USR-", row)
            file.put(names.first, first)
            file.put(UInt8(ascii: " "))
            file.word(names.last, last)
            file.put(User.Role.teams, user.role.rawValue)
            file.put(UInt8(ascii: " "))
            file.word(Region.names, user.region.rawValue)
            file.word(User.Role.names, user.role.rawValue)
            file.put(names.firstAddress, first)
            file.put(UInt8(ascii: "."))
            file.put(names.lastAddress, last)
            file.literal(World.domain)
            file.key("USR-", user.manager)
            file.literal(user.left <= Day.today ? "false" : "true")
            try file.endRow()
        }
        return try file.finish()
    }
}
