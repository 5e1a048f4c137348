/// How a person is called; drawn from the row of the one who was entered first, so that twins agree.
struct PersonName {
    let names: PersonNames
    let first: Int
    let last: Int
    /// A second family name, or -1.
    let second: Int
    /// What stands before it: a space where everybody has two, otherwise a hyphen.
    let joint: UInt8
    /// A middle initial, or 0.
    let initial: UInt8

    init(_ row: Int, country: Int) {
        var dice = Stream("people/name").dice(row)
        let local = Country.all[country].language
        let foreign = Language.allCases[dice.below(Language.allCases.count)]
        names = PersonNames.all[(dice.chance(0.88) ? local : foreign).rawValue]
        first = dice.below(names.first.count)
        last = dice.below(names.last.count)
        let haveTwo = local == .spanish || local == .portuguese
        let isDouble = dice.chance(haveTwo ? 0.6 : 0.07) && !names.familyFirst
        let other = dice.below(names.last.count)
        second = isDouble && other != last ? other : -1
        joint = UInt8(ascii: haveTwo ? " " : "-")
        let letter = UInt8(ascii: "A") + UInt8(dice.below(23))
        initial = local == .english && dice.chance(0.3) ? letter : 0
    }
}

/// What people do, as titles by seniority: executive, manager, staff.
private enum Seniority {
    static let names = Words("executive, manager, staff")
    static let titles: [Words] = [
        Words([
            "Chief Operating Officer", "CFO", "CIO", "Managing Director", "VP Workplace", "VP, People & Culture",
            "Chief of Staff", "Founder", "VP Finance", "Director, Real Estate",
        ]),
        Words([
            "Head of Procurement", "Facilities Manager", "Office Manager", "IT Manager", "Head of Workplace", "Team Lead, IT",
            "Operations Manager", "Finance Manager", "Program Manager", "Security Manager", "Plant Manager",
        ]),
        Words([
            "Buyer", "IT Administrator", "Facilities Coordinator", "Receptionist", "Network Engineer", "Office Coordinator",
            "Analyst", "Project Coordinator", "Accountant", "Assistant to the CFO",
            "Security Officer", "Data Engineer", "Service Technician",
        ]),
    ]
    static let choice = Choice([12, 33, 55])

    /// Titles in the language of the country, which some people keep even in a foreign CRM; nothing where there are none.
    static func localTitles(_ language: Language, _ seniority: Int) -> Words? {
        switch language {
        case .german: german[seniority]
        case .french: french[seniority]
        case .spanish: spanish[seniority]
        default: nil
        }
    }

    private static let german = [
        Words("Geschäftsführer, Vorstand, Prokurist"), Words("Leiter Einkauf, Leiter IT, Gebäudemanager"),
        Words("Sachbearbeiter Einkauf, Systemadministrator, Empfang"),
    ]
    private static let french = [
        Words("Directeur général, Directrice financière, PDG"),
        Words("Responsable achats, Chef de projet, Responsable informatique"),
        Words("Technicien, Acheteuse, Assistante de direction"),
    ]
    private static let spanish = [
        Words("Director general, Directora financiera"), Words("Gerente de compras, Jefa de proyecto, Jefe de sistemas"),
        Words("Técnico, Analista de compras, Recepcionista"),
    ]
}

extension World {
    func writePeople(to directory: String) throws(DemoError) -> DemoFile {
        var file = try CSVFile(
            "people.csv", in: directory,
            header: "id,name,title,seniority,email,phone,account_id,referred_by,created,left_on")
        for row in 0..<sizes.people {
            let account = Int(people.account[row])
            let country = accounts[account].country
            let original = Int(people.twin[row])
            let name = PersonName(original < 0 ? row : original, country: country)
            file.key("PER-", row)
            writeName(row, name, to: &file)
            writeTitle(row, account: account, to: &file)
            writeEmail(row, name, account: account, to: &file)
            writePhone(row, country: country, to: &file)
            file.key("ACC-", account)
            file.key("PER-", Int(people.referrer[row]))
            file.date(Int(people.created[row]))
            if people.left[row] >= 0 { file.date(Int(people.left[row])) } else { file.missing() }
            try file.endRow()
        }
        return try file.finish()
    }

    private func writeName(_ row: Int, _ name: PersonName, to file: inout CSVFile) {
        if row == people.annLee { return file.literal("Ann Lee") }
        if people.twin[row] >= 0 { return writeTwinName(row, name, to: &file) }
        if name.names.familyFirst {
            file.put(name.names.last, name.last)
            file.put(UInt8(ascii: " "))
            file.put(name.names.first, name.first)
        } else {
            file.put(name.names.first, name.first)
            if name.initial > 0 {
                file.put(UInt8(ascii: " "))
                file.put(name.initial)
                file.put(UInt8(ascii: "."))
            }
            file.put(UInt8(ascii: " "))
            file.put(name.names.last, name.last)
        }
        if name.second >= 0 {
            file.put(name.joint)
            file.put(name.names.last, name.second)
        }
        if Stream("people/space").hits(row, oneIn: Mess.personNameSpaceOneIn) { file.put("  ") }
        file.comma()
    }

    /// The second spelling of a person: without accents, with an initial only, or with a letter that got lost.
    private func writeTwinName(_ row: Int, _ name: PersonName, to file: inout CSVFile) {
        var dice = Stream("people/spelling").dice(row)
        let first = capitalized(name.names.firstAddress.text(name.first))
        var last = capitalized(name.names.lastAddress.text(name.last))
        let spelling = dice.below(3)
        if spelling == 2 && last.count > 3 { last.remove(at: last.index(last.startIndex, offsetBy: last.count / 2)) }
        let text = (spelling == 1 ? first.prefix(1) + "." : first) + " " + last
        for byte in text.utf8 { file.put(byte) }
        file.comma()
    }

    private func writeTitle(_ row: Int, account: Int, to file: inout CSVFile) {
        var dice = Stream("people/title").dice(row)
        // First contacts are those who decide more often than those who are met later.
        let isFirst = people.members[Int(people.memberStarts[account])] == row
        let seniority = isFirst ? dice.below(2) : Seniority.choice.pick(&dice)
        let local = Seniority.localTitles(Country.all[accounts[account].country].language, seniority)
        let isLocal = dice.chance(0.3) && row != people.annLee
        let titles = isLocal ? local ?? Seniority.titles[seniority] : Seniority.titles[seniority]
        let title = dice.below(titles.count)
        if Stream("people/title-missing").hits(row, oneIn: Mess.titleMissingOneIn) {
            file.missing()
        } else {
            let mark = file.mark
            file.put(titles, title)
            file.endText(mark)
        }
        file.word(Seniority.names, seniority)
    }

    private func writeEmail(_ row: Int, _ name: PersonName, account: Int, to file: inout CSVFile) {
        if row == people.annLee { return file.literal("ann.lee@acme.example") }
        if Stream("people/email").hits(row, oneIn: Mess.emailMissingOneIn) { return file.missing() }
        if Stream("people/email-space").hits(row, oneIn: Mess.emailSpaceOneIn) { file.put(UInt8(ascii: " ")) }
        file.put(name.names.firstAddress, name.first)
        file.put(UInt8(ascii: "."))
        file.put(name.names.lastAddress, name.last)
        if name.second >= 0 {
            file.put(UInt8(ascii: "-"))
            file.put(name.names.lastAddress, name.second)
        }
        file.put(UInt8(ascii: "@"))
        file.put(companies.domains, account)
        file.literal(".example")
    }

    private func writePhone(_ row: Int, country: Int, to file: inout CSVFile) {
        if Stream("people/phone").hits(row, oneIn: Mess.phoneMissingOneIn) { return file.missing() }
        if Stream("people/phone-na").hits(row, oneIn: Mess.phoneNotAvailableOneIn) { return file.literal("N/A") }
        var dice = Stream("people/phone-number").dice(row)
        file.put(Country.diallings, country)
        file.put(digits: dice.within(20...989))
        // Numbers that begin with 555 are kept for fiction.
        file.put(" 555 ")
        file.put(digits: dice.within(1000...9999))
        file.comma()
    }
}
