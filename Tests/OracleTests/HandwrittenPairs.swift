import Oracle

/// Questions about the nasty store with the SQL that a person would write for them.
enum HandwrittenPairs {
    static let all: [QueryPair] = filters + moments + links + aggregates + groups + orders

    /// Conditions on a record and what is missing from it.
    private static let filters: [QueryPair] = [
        QueryPair(#"accounts where tier = "gold" select id"#, "SELECT id FROM accounts WHERE tier = 'gold'"),
        QueryPair(#"accounts where tier != "gold" select id"#, "SELECT id FROM accounts WHERE tier IS NOT 'gold'"),
        QueryPair("accounts where industry = none select id", "SELECT id FROM accounts WHERE industry IS NULL"),
        QueryPair("accounts where industry != none select id", "SELECT id FROM accounts WHERE industry IS NOT NULL"),
        QueryPair("accounts where arr > 0 select id, arr", "SELECT id, arr FROM accounts WHERE arr > 0"),
        QueryPair("accounts where not (arr > 0) select id", "SELECT id FROM accounts WHERE IFNULL(arr > 0, 0) = 0"),
        QueryPair("accounts where arr = 50000.5 select id", "SELECT id FROM accounts WHERE arr = 50000.5"),
        QueryPair("accounts where score in (7, -3) select id", "SELECT id FROM accounts WHERE score IN (7, -3)"),
        QueryPair(
            "accounts where score not in (7, -3) select id", "SELECT id FROM accounts WHERE score IS NULL OR score NOT IN (7, -3)"
        ),
        QueryPair("accounts where score in (7, none) select id", "SELECT id FROM accounts WHERE score = 7 OR score IS NULL"),
        QueryPair("accounts where score in 0..10 select id", "SELECT id FROM accounts WHERE score BETWEEN 0 AND 10"),
        QueryPair("accounts where active select id", "SELECT id FROM accounts WHERE active = 1"),
        QueryPair("accounts where not active select id", "SELECT id FROM accounts WHERE active IS NOT 1"),
        QueryPair("accounts where active = false select id", "SELECT id FROM accounts WHERE active = 0"),
        QueryPair(#"deals where stage in ("won", "lost") select id"#, "SELECT id FROM deals WHERE stage IN ('won', 'lost')"),
        QueryPair(
            #"deals where stage = "won" or amount < 0 select id"#, "SELECT id FROM deals WHERE stage = 'won' OR amount < 0"),
        QueryPair(#"people where name = "Ann Lee" select id"#, "SELECT id FROM people WHERE name = 'Ann Lee'"),
        QueryPair(#"people where name < "B" select id"#, "SELECT id FROM people WHERE name < 'B'"),
        QueryPair(#"people where starts_with(name, "Ann") select id"#, "SELECT id FROM people WHERE name GLOB 'Ann*'"),
        QueryPair("people where email ?? phone = none select id", "SELECT id FROM people WHERE COALESCE(email, phone) IS NULL"),
    ]

    /// Dates and times against days, periods and spans; today is 2026-06-30.
    private static let moments: [QueryPair] = [
        QueryPair("touches where at <= 2026-03-31 select id", "SELECT id FROM touches WHERE substr(at, 1, 10) <= '2026-03-31'"),
        QueryPair("touches where at > 2026-03-31 select id", "SELECT id FROM touches WHERE substr(at, 1, 10) > '2026-03-31'"),
        QueryPair("touches where at = 2026-06 select id", "SELECT id FROM touches WHERE substr(at, 1, 7) = '2026-06'"),
        QueryPair("touches where at < 2026-Q2 select id", "SELECT id FROM touches WHERE substr(at, 1, 10) < '2026-04-01'"),
        QueryPair(
            "touches where at in last 90 days select id",
            "SELECT id FROM touches WHERE substr(at, 1, 10) > '2026-04-01' AND substr(at, 1, 10) <= '2026-06-30'"),
        QueryPair(
            "deals where close_date in next 2 weeks select id",
            "SELECT id FROM deals WHERE close_date > '2026-06-30' AND close_date <= '2026-07-14'"),
        QueryPair(
            "deals where close_date in this quarter select id",
            "SELECT id FROM deals WHERE close_date BETWEEN '2026-04-01' AND '2026-06-30'"),
        QueryPair(
            "deals where close_date in last month select id", "SELECT id FROM deals WHERE substr(close_date, 1, 7) = '2026-05'"),
        QueryPair("deals where close_date = 2026 select id", "SELECT id FROM deals WHERE substr(close_date, 1, 4) = '2026'"),
        QueryPair("accounts where created > 3 years ago select id", "SELECT id FROM accounts WHERE created > '2023-06-30'"),
        QueryPair(
            "deals select id, length = days(close_date - opened)",
            "SELECT id, julianday(close_date) - julianday(opened) FROM deals"),
        QueryPair(
            "accounts select id, y = number(year(created))", "SELECT id, CAST(substr(created, 1, 4) AS REAL) FROM accounts"),
        QueryPair(
            "accounts select id, d = day_of_year(renewal)", "SELECT id, CAST(strftime('%j', renewal) AS REAL) FROM accounts"),
        QueryPair(
            "touches select id, h = hour(at), m = minute(at)",
            "SELECT id, 1.0 * substr(at, 12, 2), 1.0 * substr(at, 15, 2) FROM touches"),
    ]

    /// Ways along links: to one, to many, in pairs, within one entity.
    private static let links: [QueryPair] = [
        QueryPair(
            "accounts select id, owner.name, owner.manager.name",
            """
            SELECT a.id, u.name, m.name FROM accounts a LEFT JOIN users u ON u.id = a.owner_id LEFT JOIN users m ON m.id = u.manager_id
            """),
        QueryPair(
            "accounts where owner = none select id",
            "SELECT id FROM accounts WHERE owner_id IS NULL OR owner_id NOT IN (SELECT id FROM users)"),
        QueryPair(
            "accounts where no deals select id",
            "SELECT id FROM accounts WHERE id NOT IN (SELECT account_id FROM deals WHERE account_id IS NOT NULL)"),
        QueryPair(
            "accounts where any children select id, n = count(children)",
            "SELECT a.id, COUNT(*) FROM accounts a JOIN accounts c ON c.parent_id = a.id GROUP BY a.id"),
        QueryPair(
            #"accounts where any people[vip] and no deals[stage = "open"] select id"#,
            """
            SELECT id FROM accounts a WHERE EXISTS (SELECT 1 FROM people WHERE account_id = a.id AND vip)
            AND NOT EXISTS (SELECT 1 FROM deals WHERE account_id = a.id AND stage = 'open')
            """),
        QueryPair(
            #"accounts[tier = "gold"].people select id"#,
            "SELECT p.id FROM people p JOIN accounts a ON a.id = p.account_id WHERE a.tier = 'gold'"),
        QueryPair(
            "users follow accounts.people select id",
            "SELECT p.id FROM people p JOIN accounts a ON a.id = p.account_id JOIN users u ON u.id = a.owner_id"),
        QueryPair("touches.deal select id", "SELECT id FROM deals WHERE id IN (SELECT deal_id FROM touches)"),
        QueryPair(
            "people select id, n = count(knows)",
            """
            SELECT id, (SELECT COUNT(*) FROM people q WHERE EXISTS (SELECT 1 FROM knows
                WHERE (from_id = p.id AND to_id = q.id) OR (to_id = p.id AND from_id = q.id))) FROM people p
            """),
        QueryPair(
            "deals select id, n = count(people[edge.share > 0.2])",
            """
            SELECT id, (SELECT COUNT(*) FROM roles r JOIN people p ON p.id = r.person_id WHERE r.deal_id = d.id AND r.share > 0.2)
            FROM deals d
            """),
        QueryPair(
            "accounts select id, n = count(people.touches)",
            "SELECT id, (SELECT COUNT(*) FROM touches t JOIN people p ON p.id = t.person_id WHERE p.account_id = a.id) FROM accounts a"
        ),
        QueryPair(
            "users select id, n = count(deals.account)",
            """
            SELECT id, (SELECT COUNT(DISTINCT d.account_id) FROM deals d JOIN accounts a ON a.id = d.account_id WHERE d.owner_id = u.id)
            FROM users u
            """),
        QueryPair(
            "for a in accounts, d in a.deals where d.owner != a.owner select a.id, d.id",
            """
            SELECT a.id, d.id FROM accounts a JOIN deals d ON d.account_id = a.id
            LEFT JOIN users u ON u.id = a.owner_id LEFT JOIN users v ON v.id = d.owner_id WHERE u.id IS NOT v.id
            """),
    ]

    /// Aggregates over what links lead to, and over everything.
    private static let aggregates: [QueryPair] = [
        QueryPair(
            #"accounts select id, won = sum(deals[stage = "won"].amount)"#,
            "SELECT id, (SELECT IFNULL(SUM(amount), 0) FROM deals WHERE account_id = a.id AND stage = 'won') FROM accounts a"),
        QueryPair(
            "accounts select id, a = avg(deals.amount), l = min(deals.amount), h = max(deals.close_date)",
            """
            SELECT id, (SELECT AVG(amount) FROM deals WHERE account_id = a.id), (SELECT MIN(amount) FROM deals WHERE account_id = a.id),
                (SELECT MAX(close_date) FROM deals WHERE account_id = a.id) FROM accounts a
            """),
        QueryPair("count(deals)", "SELECT COUNT(*) FROM deals"),
        QueryPair("sum(deals.amount)", "SELECT SUM(amount) FROM deals"),
        QueryPair("count(distinct deals.stage)", "SELECT COUNT(DISTINCT stage) FROM deals"),
        QueryPair("max(campaigns.budget)", "SELECT MAX(budget) FROM campaigns"),
        QueryPair("sum(campaigns.budget)", "SELECT 0"),
        QueryPair(
            "accounts select id, last(deals by amount).name",
            "SELECT id, (SELECT name FROM deals WHERE account_id = a.id ORDER BY amount IS NULL, amount DESC, row_ LIMIT 1) FROM accounts a"
        ),
        QueryPair(
            "people select id, last(touches).kind",
            "SELECT id, (SELECT kind FROM touches WHERE person_id = p.id ORDER BY at IS NULL, at DESC, row_ LIMIT 1) FROM people p"
        ),
    ]

    /// Groups, also of records and of what is missing, and what stands beside the rows of a group.
    private static let groups: [QueryPair] = [
        QueryPair(
            "deals summarize n = count(), s = sum(amount), m = avg(amount) by stage",
            "SELECT stage, COUNT(*), IFNULL(SUM(amount), 0), AVG(amount) FROM deals GROUP BY stage ORDER BY MIN(row_)",
            isOrdered: true),
        QueryPair(
            "deals summarize count(), count(amount), count(distinct amount)",
            "SELECT COUNT(*), COUNT(amount), COUNT(DISTINCT amount) FROM deals"),
        QueryPair(
            "deals summarize n = count() by y = year(close_date), stage",
            "SELECT substr(close_date, 1, 4), stage, COUNT(*) FROM deals GROUP BY 1, 2"),
        QueryPair(
            "deals summarize won = count(stage = \"won\"), part = share(stage = \"won\") by owner.team",
            """
            SELECT u.team, COUNT(*) FILTER (WHERE stage = 'won'), AVG(IFNULL(stage = 'won', 0)) FROM deals d
            LEFT JOIN users u ON u.id = d.owner_id GROUP BY u.team
            """),
        QueryPair(
            "accounts summarize n = count(), won = sum(deals.amount), people = count(deals.people) by tier",
            """
            SELECT tier, COUNT(*), (SELECT IFNULL(SUM(amount), 0) FROM deals d JOIN accounts b ON b.id = d.account_id WHERE b.tier IS a.tier),
                (SELECT COUNT(DISTINCT p.id) FROM deals d JOIN accounts b ON b.id = d.account_id JOIN roles r ON r.deal_id = d.id
                    JOIN people p ON p.id = r.person_id WHERE b.tier IS a.tier)
            FROM accounts a GROUP BY tier
            """),
        QueryPair("campaigns summarize n = count(), b = sum(budget)", "SELECT COUNT(*), IFNULL(SUM(budget), 0) FROM campaigns"),
        QueryPair("campaigns summarize n = count() by name", "SELECT name, COUNT(*) FROM campaigns GROUP BY name"),
        QueryPair(
            "deals summarize s = sum(amount where source = \"web\") by account select account.id, s",
            """
            SELECT a.id, IFNULL(SUM(amount) FILTER (WHERE source = 'web'), 0) FROM deals d LEFT JOIN accounts a ON a.id = d.account_id
            GROUP BY a.id
            """),
        QueryPair(
            "deals select id, part = amount / (sum(amount) per stage), n = count() per owner",
            """
            SELECT id, amount / NULLIF(SUM(amount) OVER (PARTITION BY stage), 0), COUNT(*) OVER (PARTITION BY u) FROM (
                SELECT d.*, (SELECT id FROM users WHERE id = d.owner_id) AS u FROM deals d)
            """),
    ]

    /// Orders: missing values last either way, ties as they stood.
    private static let orders: [QueryPair] = [
        QueryPair("deals select id sort amount", "SELECT id FROM deals ORDER BY amount IS NULL, amount, row_", isOrdered: true),
        QueryPair(
            "deals select id sort -amount", "SELECT id FROM deals ORDER BY amount IS NULL, amount DESC, row_", isOrdered: true),
        QueryPair(
            "deals select id sort stage, -close_date skip 2 take 7",
            "SELECT id FROM deals ORDER BY stage IS NULL, stage, close_date IS NULL, close_date DESC, row_ LIMIT 7 OFFSET 2",
            isOrdered: true),
        QueryPair(
            "accounts select name sort name", "SELECT name FROM accounts ORDER BY name IS NULL, name, row_", isOrdered: true),
        QueryPair("accounts select tier distinct", "SELECT tier FROM accounts GROUP BY tier ORDER BY MIN(row_)", isOrdered: true),
        QueryPair(
            "deals sort -amount with place = rank(), total = running(sum(amount)), before = previous(id) select id, place, total, before",
            """
            SELECT id, RANK() OVER w, IFNULL(SUM(amount) OVER (ORDER BY amount IS NULL, amount DESC, row_), 0),
                LAG(id) OVER (ORDER BY amount IS NULL, amount DESC, row_)
            FROM deals WINDOW w AS (ORDER BY amount IS NULL, amount DESC) ORDER BY amount IS NULL, amount DESC, row_
            """, isOrdered: true),
        QueryPair(
            "deals sort opened with r = rank() per stage select id, r",
            "SELECT id, RANK() OVER (PARTITION BY stage ORDER BY opened IS NULL, opened) FROM deals ORDER BY opened IS NULL, opened, row_",
            isOrdered: true),
    ]
}
