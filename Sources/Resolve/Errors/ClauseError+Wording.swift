extension ClauseError {
    var wording: Wording {
        switch self {
        case .needsWholeNumber(let clause):
            ("needs-number", "`\(clause)` needs a whole number that is not below 0", ["such as `\(clause) 10`"])
        case .duplicateColumn(let name):
            ("duplicate-column", "two columns are called `\(name)`", ["name one of them: `other = …`"])
        case .followNeedsRecord:
            (
                "no-record-in-row", "`follow` needs rows that are about one record, and these are not any more",
                ["follow before `summarize`, `distinct` or `pivot`, or begin with the records"]
            )
        case .notALink(let text, let entity, let near, let there):
            (
                "not-a-link", "`\(text)` is not a link of \(entity)",
                Words.nearest(near) + (there.isEmpty ? ["\(entity) has no links"] : ["links: \(Words.cut(there))"])
            )
        case .linksLeadApart(let targets):
            ("links-lead-apart", "these links lead to \(both(targets))", ["`follow` can go to records of one entity only"])
        case .pivotNeedsGroups:
            (
                "pivot-needs-summarize", "`pivot` needs groups: rows made by `summarize … by` with a key or more",
                ["`deals summarize sum(amount) by owner, stage pivot stage`"]
            )
        case .pivotKey(let text, let there):
            ("pivot-key", "`\(text)` is not a key of the groups", there.isEmpty ? [] : ["keys: \(Words.cut(there))"])
        case .pivotValues(let names):
            names.isEmpty
                ? ("pivot-values", "`pivot` has no value to spread over the columns", ["`summarize n = count() by …` gives one"])
                : (
                    "pivot-values", "`pivot` can spread one value, and here are \(names.count): \(Words.cut(names))",
                    ["`select` the keys and one of them first"]
                )
        case .pivotedColumn(let name):
            (
                "pivoted-column", "there is no `\(name)` here",
                ["columns made by `pivot` are known only when the rows are; compute before `pivot`"]
            )
        case .repeatedLeaves(let text, let from, let to):
            (
                "repeated-link", "`\(text)` leads from \(from) to \(to), and only a way from \(from) to \(from) can be repeated",
                ["define the whole step, such as `define person.colleagues = account.people`, and repeat that"]
            )
        case .notRepeatable(let text):
            ("repeated-link", "`\(text)` cannot be repeated", ["a link can: `referrals+`, `knows[edge.strength > 0.5]{1..3}`"])
        case .pathLeadsNowhere(let from, let to, let through):
            (
                "no-way", "these links lead from \(from) to \(both(through)) only, never to \(to)",
                ["name every link that a path may take, back and forth: `via account, people`"]
            )
        case .pathValue(let found):
            (
                "type-mismatch", "the strength or cost of a step is a number, and this is \(found)",
                ["such as `strongest by edge.strength`"]
            )
        case .loopNeedsSet(let name, let found):
            ("set-needed", "`\(name)` must go over a set of records, and this is \(found)", [])
        case .variableTwice(let name):
            ("variable-twice", "two variables are called `\(name)`", [])
        case .asOfTwice:
            ("as-of-twice", "a question can be asked as of one day only", ["`each month in last 12 months` asks for many days"])
        case .asOfAnswer(let name):
            (
                "as-of-answer", "`\(name)` is an answer already, and `as of` is about a whole question",
                ["put `as of` where that was asked"]
            )
        case .asOfNeedsDay(let found):
            ("type-mismatch", "`as of` needs a date, and this is \(found)", ["such as `as of 2026-01-31` or `as of 90 days ago`"])
        case .eachTooShort(let unit):
            ("each-too-short", "`each \(unit)` is too fine: a row stands for a day or longer", ["each day in last 2 weeks"])
        case .eachNeedsRange(let found):
            (
                "type-mismatch", "`each` needs a period or a range of dates, and this is \(found)",
                ["such as `each month in last 12 months` or `each quarter in 2024-01..2025-12`"]
            )
        case .eachEmpty(let unit, let range):
            ("each-empty", "no \(unit) begins in `\(range)`", ["take shorter periods or a longer range"])
        case .eachTooMany(let count, let limit):
            ("each-too-many", "these are \(count) periods, and at most \(limit) can be asked for", ["take longer periods"])
        case .asOfUnknown:
            ("not-constant", "the day of `as of` must be known before the question is answered", ["such as `as of 2026-01-31`"])
        }
    }
}
