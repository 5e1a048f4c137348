/// All that the tables have to agree on, drawn up before the first row is written.
///
/// It holds a few dozen bytes for each account and person and nothing for orders, touches and tickets, which are
/// drawn row by row: memory therefore depends on the small tables only.
struct World {
    /// The row of the account that the documentation asks about by name; it is a gold customer that has gone quiet.
    static let acme = 16

    let sizes: Sizes
    let users: Users
    let accounts: [Account]
    let companies: CompanyNames
    let people: People

    init(sizes: Sizes) {
        self.sizes = sizes
        users = Users(count: sizes.users)
        accounts = Account.all(sizes: sizes, users: users)
        companies = CompanyNames(accounts: accounts)
        people = People(count: sizes.people, accounts: accounts)
    }

    /// Who sells to the account on that day: its rep while there, then whoever was named in the rep's place.
    @inline(__always)
    func rep(of account: Account, on day: Int) -> Int {
        day < users.all[account.rep].left ? account.rep : account.successor
    }
}
