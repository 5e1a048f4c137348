/// The names of all accounts, each of them different, with the short form that deals use and the domain of the addresses.
struct CompanyNames {
    /// `Vogt Precision GmbH`, as the account is labelled.
    private(set) var full = Words()
    /// `Vogt Precision`, without the legal form.
    private(set) var short = Words()
    /// `vogt-precision`, without the ending.
    private(set) var domains = Words()

    private static let legal: [Words] = Language.allCases.map { language in
        switch language {
        case .english: Words("Inc, LLC, Ltd, Corp, Group")
        case .german: Words("GmbH, AG, SE, GmbH & Co. KG")
        case .french: Words("SA, SARL, SAS")
        case .spanish: Words("S.A., S.L.")
        case .portuguese: Words("Ltda., S.A.")
        case .italian: Words("S.p.A., S.r.l.")
        case .dutch: Words("B.V., N.V.")
        case .polish: Words("Sp. z o.o., S.A.")
        case .nordic: Words("AB, AS, A/S, ApS")
        case .turkish: Words("A.Ş., Ltd. Şti.")
        case .japanese: Words("K.K., 株式会社")
        case .indian: Words("Pvt Ltd, Ltd")
        case .chinese: Words(["Pte. Ltd.", "Co., Ltd."])
        }
    }
    private static let openings = Words(
        """
        Nord, Vel, Sol, Arc, Lum, Ter, Oro, Quin, Syl, Mar, Bel, Cor, Fen, Gal, Hel, Kav, Lys, Mont, Nov, Pal, Rav, Sten, Tal
        Ver, Wil, Zen, Alt, Bryn, Dor, Eld, Isk, Jun, Kor, Ost, Rho, Tri
        """)
    private static let endings = Words(
        """
        via, ora, ix, ana, eris, onde, enta, axis, ium, ara, elle, odyne, ino, une, espa, anto, avia, exa, iva, olo, umbra, ys
        """)
    private static let nicknames = Words("Delta, Phoenix, Orion, Atlas, Merkur, Aurora, Sirius, Vega")
    private static let cities = Words("North, South, East, West, Central, Coast, Valley, Lakes")

    private var taken: Set<[UInt8]> = []

    init(accounts: [Account]) {
        for (row, account) in accounts.enumerated() {
            if row == World.acme {
                append("Acme", "Acme", "acme")
                continue
            }
            var dice = Stream("companies").dice(row)
            if account.parent >= 0 { appendSubsidiary(account, accounts, &dice) } else { appendOwn(account, &dice) }
        }
        taken = []
    }

    private mutating func append(_ fullName: String, _ shortName: String, _ domain: String) {
        full.append(fullName.utf8)
        short.append(shortName.utf8)
        domains.append(domain.utf8)
        taken.insert(Array(shortName.utf8))
    }

    /// A subsidiary is called after the head of its group and where it sits, and shares the group's domain.
    private mutating func appendSubsidiary(_ account: Account, _ accounts: [Account], _ dice: inout Dice) {
        var head = account.parent
        while accounts[head].parent >= 0 { head = accounts[head].parent }
        var name = short.text(head)
        if account.country != accounts[head].country { name += " " + Country.all[account.country].name }
        while taken.contains(Array(name.utf8)) {
            name += " " + CompanyNames.cities.text(dice.below(CompanyNames.cities.count))
        }
        append(name + " " + legalForm(account, &dice), name, domains.text(head))
    }

    private mutating func appendOwn(_ account: Account, _ dice: inout Dice) {
        var name = proposal(account, &dice)
        for _ in 0..<8 where taken.contains(Array(name.utf8)) { name = proposal(account, &dice) }
        while taken.contains(Array(name.utf8)) {
            name += " " + CompanyNames.cities.text(dice.below(CompanyNames.cities.count))
        }
        var domain: [UInt8] = []
        for word in name.split(whereSeparator: { " ,&-".contains($0) }) {
            if !domain.isEmpty { domain.append(UInt8(ascii: "-")) }
            domain.append(contentsOf: addressSpelling(String(word)))
        }
        var label = name
        if Stream("companies/quoted").hits(full.count, oneIn: Mess.accountNameQuotedOneIn) {
            label += " \"" + CompanyNames.nicknames.text(dice.below(CompanyNames.nicknames.count)) + "\""
        }
        append(label + " " + legalForm(account, &dice), name, String(decoding: domain, as: UTF8.self))
    }

    private func legalForm(_ account: Account, _ dice: inout Dice) -> String {
        let forms = CompanyNames.legal[Country.all[account.country].language.rawValue]
        return forms.text(dice.below(forms.count))
    }

    /// A family's name or an invented word with the line of business, or two families.
    private func proposal(_ account: Account, _ dice: inout Dice) -> String {
        let names = PersonNames.all[Country.all[account.country].language.rawValue]
        let words = Industry.words[account.industry]
        let word = words.text(dice.below(words.count))
        // Each family is drawn from those after the one before, so that no firm is called after one family twice.
        var index = dice.below(names.last.count)
        func family() -> String {
            index = (index + 1 + dice.below(names.last.count / 3)) % names.last.count
            return names.familyFirst ? capitalized(names.lastAddress.text(index)) : names.last.text(index)
        }
        switch dice.below(10) {
        case 0: return family() + " & " + family()
        case 1: return family() + ", " + family() + " & " + family()
        case 2...5: return family() + " " + word
        default:
            let opening = CompanyNames.openings.text(dice.below(CompanyNames.openings.count))
            return opening + CompanyNames.endings.text(dice.below(CompanyNames.endings.count)) + " " + word
        }
    }
}

/// The name with a capital at its start; names in addresses are ASCII, so no table is needed.
func capitalized(_ name: String) -> String {
    name.prefix(1).uppercased() + name.dropFirst()
}
