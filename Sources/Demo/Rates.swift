/// How many records there are.
struct Sizes {
    /// A billion touches; beyond this row numbers would soon pass what a 32-bit row id can hold.
    static let scaleMax = 1000.0

    let accounts: Int
    let users: Int
    let people: Int
    let deals: Int
    let orders: Int
    let touches: Int
    let tickets: Int

    /// Every table grows with the scale; the least sizes keep tiny demos usable and `ACC-17` present in all of them.
    init(scale: Double) {
        func size(_ atOne: Double, least: Int) -> Int { max(least, Int((atOne * scale).rounded())) }
        accounts = size(10_000, least: 20)
        users = size(200, least: 12)
        people = size(100_000, least: 80)
        deals = size(60_000, least: 60)
        orders = size(500_000, least: 300)
        touches = size(1_000_000, least: 600)
        tickets = size(100_000, least: 60)
    }
}

/// How often values are missing or wrong, all in one place, so that tests and documentation can state what a question should find.
///
/// `oneIn` rates are exact to within a row or two at every scale (see `Stream.hits`); the others are probabilities.
enum Mess {
    /// Accounts whose industry reads `N/A`.
    static let industryNotAvailableOneIn = 100
    /// Accounts whose name has a space too many, at the end or in the middle.
    static let accountNameSpaceOneIn = 150
    /// Accounts whose name holds a part in quotation marks.
    static let accountNameQuotedOneIn = 90
    /// Accounts that belong to nobody.
    static let accountOwnerMissingOneIn = 50
    /// Accounts whose owner is a user that does not exist (any more).
    static let accountOwnerDanglingOneIn = 180
    /// Accounts without a single known person.
    static let accountContactNoneOneIn = 45

    /// People without an e-mail address.
    static let emailMissingOneIn = 16
    /// People whose e-mail address has a space before it.
    static let emailSpaceOneIn = 250
    /// People whose name has a space too many.
    static let personNameSpaceOneIn = 200
    /// People without a phone number.
    static let phoneMissingOneIn = 3
    /// People whose phone number reads `N/A`, unless it is missing.
    static let phoneNotAvailableOneIn = 50
    /// People who are in the system a second time, under a name written otherwise and often with the same e-mail address.
    static let personTwiceOneIn = 120
    /// People without a title.
    static let titleMissingOneIn = 20

    /// Deals without a contact.
    static let dealContactMissingOneIn = 25
    /// Deals whose owner is a user that does not exist.
    static let dealOwnerDanglingOneIn = 400
    /// Deals without an amount, among those that are still open.
    static let dealAmountMissingOneIn = 12

    /// Orders that are credit notes: quantity, revenue and cost are negative.
    static let orderCreditOneIn = 250

    /// Touches that name an account but nobody there, apart from those of accounts without a contact.
    static let touchPersonMissingOneIn = 80
    /// Touches whose subject holds a comma, a quotation mark or a line feed beyond what other subjects hold.
    static let touchSubjectAwkwardOneIn = 60
    /// Touches without a subject.
    static let touchSubjectMissingOneIn = 140

    /// Tickets whose customer said how satisfied they were, of those closed.
    static let satisfactionGiven = 0.42
    /// Tickets whose satisfaction reads `N/A`.
    static let satisfactionNotAvailableOneIn = 200
    /// Tickets that name no person.
    static let ticketPersonMissingOneIn = 40

    /// Acquaintances whose strength nobody judged.
    static let strengthMissingOneIn = 100
}

/// How the company and its customers behave.
enum Behaviour {
    /// The part of accounts that became customers, by source (referral, inbound, event, outbound, partner).
    static let customerShare = [0.84, 0.72, 0.62, 0.54, 0.78]
    /// The same for gold accounts from any source.
    static let customerShareGold = 0.95
    /// The part of deals after the first that is won, by source.
    static let winRate = [0.46, 0.33, 0.24, 0.17, 0.38]
    /// The part of customers that leave in a year, by tier (gold, silver, bronze).
    static let yearlyChurn = [0.055, 0.13, 0.25]
    /// What the source makes of that: customers who were referred stay, those from events were curious.
    static let churnBySource = [0.65, 1.0, 1.35, 1.2, 0.85]
    /// One in so many remaining customers has not been touched for more than 90 days, by tier.
    static let quietOneIn = [5, 12, 8]
    /// One in so many users, leads apart, has left the company.
    static let userLeftOneIn = 6
    /// The part of a leaver's accounts that nobody took over.
    static let orphanedShare = 0.3
    /// The part of accounts with which all contact goes through one person there.
    static let hangingShare = 0.12
    /// Accounts that belong to another account.
    static let subsidiaryShare = 0.09
    /// People who were referred by somebody, apart from the first contacts of accounts that came by referral.
    static let referredShare = 0.17
    /// People who no longer work where the account says.
    static let personLeftShare = 0.08
}
