extension World {
    /// Orders of customers from their first win until they leave, in the order of time.
    func writeOrders(to directory: String) throws(DemoError) -> DemoFile {
        var file = try CSVFile(
            "orders.csv", in: directory, header: "id,account_id,at,product,quantity,revenue,cost")
        let activities = accounts.map { account in
            Activity(
                weight: account.isCustomer ? account.weight : 0, from: account.isCustomer ? account.firstWin + 3 : Int.max,
                to: min(Day.last, account.end))
        }
        var sampler = EventSampler(rows: sizes.orders, activities: activities, season: Season.orders)
        let stream = Stream("orders")
        let credits = Stream("orders/credit")
        for row in 0..<sizes.orders {
            var dice = stream.dice(row)
            let day = sampler.day(of: row)
            let account = sampler.account(on: day, usual: 1, final: 0.6, &dice)
            file.key("ORD-", row)
            file.key("ACC-", account)
            file.date(day)
            let isCredit = credits.hits(row, oneIn: Mess.orderCreditOneIn)
            writeLine(accounts[account], product(for: account, &dice), day, isCredit ? -1 : 1, &dice, to: &file)
            try file.endRow()
        }
        return try file.finish()
    }

    /// Most of what an account orders is the few things it has always ordered.
    @inline(__always)
    private func product(for account: Int, _ dice: inout Dice) -> Int {
        let count = Product.all.count
        if dice.chance(0.22) { return dice.below(count) }
        var habits = Stream("orders/habit").dice(account &* 5 &+ dice.below(5))
        return habits.below(count)
    }

    @inline(__always)
    private func writeLine(
        _ account: Account, _ index: Int, _ day: Int, _ sign: Int, _ dice: inout Dice, to file: inout CSVFile
    ) {
        let product = Prices.all[index]
        let years = Double(day - max(account.firstWin, Day.start)) / 365
        let growth = max(0.3, 1 + account.trend * years)
        // Large accounts order not only more often but also more at a time.
        let size = (0.35 + 0.15 * account.weight.squareRoot()) * growth
        let units = dice.heavy(most: 14) * size * product.typical * (0.4 + 1.2 * dice.unit())
        let quantity = min(product.quantityMax, max(1, Int(units)))
        // Gold accounts have negotiated, and large quantities are cheaper.
        let tierDiscount = account.tier == .gold ? 12 : account.tier == .silver ? 5 : 0
        let discount = tierDiscount + (quantity > 20 ? 6 : 0) + dice.below(5)
        let revenue = quantity * product.cents * (100 - discount) / 100
        let cost = quantity * product.cents * (product.costPercent * 10 + dice.within(-40...40)) / 1000
        file.word(Product.fields, index)
        file.number(sign * quantity)
        file.money(cents: sign * revenue)
        file.money(cents: sign * cost)
    }
}

/// What the orders need of a product, without its text.
private struct Prices {
    let cents: Int
    let costPercent: Int
    let quantityMax: Int
    /// How many are ordered by an account of average size.
    let typical: Double

    static let all = Product.all.map { product in
        Prices(
            cents: product.priceCents, costPercent: product.costPercent, quantityMax: product.quantityMax,
            typical: Double(product.quantityMax) / 12)
    }
}
